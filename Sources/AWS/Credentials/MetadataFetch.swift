import HTTPTransport

/// Requests to the two local issuers, the container's and the instance's. They are plain HTTP by design: the
/// addresses are link-local.
struct MetadataFetch: Sendable {
    let transport: any Transport
    let surroundings: Surroundings
    /// In errors.
    let source: String
    /// For one attempt.
    var timeout: Duration
    var attempts: Int

    /// One attempt.
    func once(
        _ method: String, _ url: String, headers: HTTPHeaders = []
    ) async throws(TransportError) -> HTTPResponse {
        var request = HTTPRequest(
            method: method, url: url, headers: headers, timeouts: Timeouts(connect: timeout, total: timeout))
        // The documents have some hundred bytes.
        request.maxResponseBytes = 64 << 10
        request.isIdempotent = true
        return try await transport.send(request)
    }

    /// As many attempts as it takes to get the status 200, a second apart; the last answer where none does.
    func send(
        _ method: String, _ url: String, headers: HTTPHeaders = []
    ) async throws(CredentialsError) -> HTTPResponse {
        var last = CredentialsError(source: source, detail: "no attempt was made", retryable: true)
        for attempt in 1...max(1, attempts) {
            if attempt > 1 { try? await surroundings.sleep(.seconds(1)) }
            if Task.isCancelled { break }
            do {
                let response = try await once(method, url, headers: headers)
                if response.status == 200 || attempt == attempts && response.status < 500 { return response }
                last.detail = "\(url) answers with status \(response.status)"
            } catch {
                last.detail = error.detail
            }
        }
        throw last
    }

    /// Reads the document that both issuers answer with.
    func credentials(_ response: HTTPResponse, source name: String) throws(CredentialsError) -> Credentials {
        guard response.status == 200 else {
            throw CredentialsError(source: source, detail: "status \(response.status)", retryable: true)
        }
        let document: JSONValue
        do {
            document = try JSONReader.parse(response.body)
        } catch {
            throw CredentialsError(source: source, detail: error.detail, retryable: true)
        }
        if let code = document["Code"]?.string, code != "Success" {
            throw CredentialsError(
                source: source, detail: "the issuer says \(code.prefix(80))", retryable: true)
        }
        guard let key = document["AccessKeyId"]?.string, let secret = document["SecretAccessKey"]?.string,
            let end = document["Expiration"]?.string.flatMap(WallTime.init(iso8601:))
        else {
            throw CredentialsError(
                source: source, detail: "the answer lacks a key, a secret or an expiry", retryable: true)
        }
        return Credentials(
            accessKeyID: key, secretAccessKey: secret, sessionToken: document["Token"]?.string,
            expiration: end,
            source: name)
    }
}
