import HTTPTransport
import SigV4

/// One attempt: credentials, endpoint, signature, one exchange, and the reading of the answer.
struct Attempt<O: Operation> {
    let call: Call<O>

    struct Success {
        var output: O.Output
        var status: Int
        var requestID: String?
    }

    private var client: AWSClient { call.client }
    /// What an answer that cannot be read leaves open.
    private var ambiguous: AWSError.Outcome { call.operation.kind.changesSomething ? .unknown : .notDone }

    func run(_ request: OperationRequest, timeout: Duration) async -> Result<Success, AttemptFailure> {
        do throws(AttemptFailure) {
            let endpoint = try endpoint()
            let credentials = try await credentials()
            let host = Self.host(of: endpoint.url)
            let signedAt = client.surroundings.now()
            let offset = await client.offsets.offset(host: host)
            let signed = try sign(request, endpoint, credentials, at: signedAt + offset)
            try await askLeave()
            let response = try await send(signed, request, endpoint, timeout)
            let answer = Answer<O>(response, operation: call.operation, now: client.surroundings.now())
            await call.learn(from: answer)
            if let failure = answer.failure {
                throw await remedied(failure, answer, credentials, host: host)
            }
            return .success(
                Success(output: try answer.output(), status: response.status, requestID: answer.requestID))
        } catch {
            return .failure(error)
        }
    }

    /// The last thing before the request leaves.
    private func askLeave() async throws(AttemptFailure) {
        guard call.operation.kind.changesSomething, let maySend = client.maySend else { return }
        guard await maySend() else {
            throw AttemptFailure(kind: .cancelled, message: "whoever calls may not act any more")
        }
    }

    private func endpoint() throws(AttemptFailure) -> Endpoint {
        do {
            if let named = call.options.endpoint {
                return try EndpointResolver.named(named, region: call.region)
            }
            return try client.endpoints.endpoint(for: O.service, region: call.region)
        } catch {
            throw AttemptFailure(kind: .endpoint, message: error.description)
        }
    }

    private func credentials() async throws(AttemptFailure) -> Credentials? {
        guard O.isSigned else { return nil }
        do {
            return try await client.credentials.credentials()
        } catch {
            throw AttemptFailure(
                kind: .credentialsUnavailable, message: error.description,
                remedy: error.retryable ? .backoff(isTimeout: false) : .none)
        }
    }

    private func sign(
        _ request: OperationRequest, _ endpoint: Endpoint, _ credentials: Credentials?, at time: WallTime
    ) throws(AttemptFailure) -> HTTPHeaders {
        let plain = request.headers.map { ($0.name, $0.value) }
        guard let credentials else { return Self.headers(plain) }
        do {
            let signed = try client.signer.sign(
                SignableRequest(
                    method: request.method, url: endpoint.url + request.target, headers: plain,
                    payload: .of(request.body)),
                credentials: SigningCredentials(
                    accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey,
                    sessionToken: credentials.sessionToken),
                scope: SigningScope(region: endpoint.signingRegion, service: O.service.signingName),
                at: SigningTime(unixSeconds: Int64(time.unixSeconds.rounded(.down))),
                // Harmless at AWS, which other SDKs send it to as well; emulators refuse some GETs without
                // it.
                options: SigningOptions(includeContentSHA256Header: true))
            return Self.headers(signed.headers)
        } catch {
            throw AttemptFailure(kind: .credentialsUnavailable, message: error.description)
        }
    }

    private func send(
        _ headers: HTTPHeaders, _ request: OperationRequest, _ endpoint: Endpoint, _ timeout: Duration
    ) async throws(AttemptFailure) -> HTTPResponse {
        var message = HTTPRequest(
            method: request.method, url: endpoint.url + request.target, headers: headers)
        message.body = request.body
        message.timeouts = Timeouts(connect: min(call.options.connectTimeout, timeout), total: timeout)
        message.connectTo = endpoint.connectTo
        message.isIdempotent = call.operation.kind.mayRepeat
        do {
            return try await client.transport.send(message)
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: TransportError) -> AttemptFailure {
        var failure = AttemptFailure(
            kind: .network(error.kind), message: "\(error.kind): \(error.detail) (\(error.url))")
        failure.outcome = error.mayHaveReachedServer ? ambiguous : .notDone
        switch error.kind {
        case .cancelled: failure.kind = .cancelled
        case .badRequest, .shutDown, .responseTooLarge: break
        case .connectTimeout, .totalTimeout: failure.remedy = .backoff(isTimeout: true)
        default: failure.remedy = .backoff(isTimeout: false)
        }
        return failure
    }

    /// Does what a refusal asks for: throws expired credentials away, or learns the clock's error.
    private func remedied(
        _ failure: AttemptFailure, _ answer: Answer<O>, _ credentials: Credentials?, host: String
    ) async -> AttemptFailure {
        var failure = failure
        switch answer.failureClass {
        case .expiredCredentials:
            guard let credentials else { break }
            await client.credentials.invalidate(credentials)
            failure.remedy = .refreshedCredentials
        case .clockSkew(let certain):
            guard let date = answer.serverTime else { break }
            let learned = await client.offsets.learn(
                host: host, serverTime: date, localTime: client.surroundings.now(), certain: certain)
            if learned {
                failure.kind = .clockSkew
                failure.remedy = .correctedClock
            }
        default: break
        }
        return failure
    }

    private static func headers(_ lines: [(name: String, value: String)]) -> HTTPHeaders {
        // The transport writes Host itself, from the same URL that was signed.
        HTTPHeaders(lines.filter { $0.name.lowercased() != "host" }.map { HTTPHeader($0.name, $0.value) })
    }

    private static func host(of url: String) -> String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        return String(rest.prefix { $0 != "/" })
    }
}
