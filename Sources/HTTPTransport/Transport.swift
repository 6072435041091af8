/// Sends one request and waits for the whole answer. The only door to HTTP: simulations and tests put their
/// own behind it.
public protocol Transport: Sendable {
    /// Ends early with `cancelled` when the calling task is cancelled.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
