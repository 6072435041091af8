import HTTPTransport

/// Sends nothing.
struct NoTransport: Transport {
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        throw TransportError(
            kind: .shutDown, url: request.url, detail: "nothing is sent from here",
            mayHaveReachedServer: false)
    }
}
