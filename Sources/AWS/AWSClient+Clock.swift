import HTTPTransport

extension AWSClient {
    /// How far a service's clock is ahead of this machine's, from the `Date` header of its answer to a
    /// request without a signature: a good answer to a signed one would only say that both are within AWS's 5
    /// min. Whole seconds, for that is what the header has, and half of the round trip is in it.
    ///
    /// Nothing is learnt from it and nothing is changed. Safe to repeat; `timeout` is for the one attempt.
    public func clockOffset(
        of service: Service = .sts, region: String, timeout: Duration = .seconds(4)
    ) async throws(AWSError) -> Duration {
        func failure(_ kind: AWSError.Kind, _ message: String) -> AWSError {
            AWSError(
                service: service, operation: "Date", region: region, kind: kind, message: message,
                outcome: .notDone, retryable: true, attempts: 1)
        }
        let endpoint: Endpoint
        do {
            endpoint = try endpoints.endpoint(for: service, region: region)
        } catch {
            throw failure(.endpoint, error.description)
        }
        var request = HTTPRequest(
            url: endpoint.url + "/", timeouts: Timeouts(connect: timeout, total: timeout))
        request.connectTo = endpoint.connectTo
        let began = surroundings.steady()
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            throw failure(.network(error.kind), "\(error.kind): \(error.detail) (\(error.url))")
        }
        let halfway = surroundings.now() - (surroundings.steady() - began) / 2
        guard let date = response.headers.first("Date").flatMap(WallTime.init(httpDate:)) else {
            throw failure(.malformedResponse, "the answer (HTTP \(response.status)) has no Date header")
        }
        return date.since(halfway)
    }
}
