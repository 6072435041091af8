/// The request's headers and those that signing adds, in wire order.
struct WireHeaders {
    var headers: [(name: String, value: String)]

    private static let contentHash = "X-Amz-Content-Sha256"
    private static let token = "X-Amz-Security-Token"

    init(
        _ request: SignableRequest, target: RequestTarget, context: SigningContext, options: SigningOptions
    ) throws(Defect) {
        let replacesToken = context.credentials.usableToken != nil
        let sendsHash = options.includeContentSHA256Header || request.payload == .unsigned

        // TLS is then all that keeps the body as it was sent.
        guard request.payload != .unsigned || target.usesTLS else {
            throw Defect(
                .payloadHash, "an unsigned payload may not travel over plain http",
                remedy: "use https, or hash the body with PayloadHash.of(_:)")
        }
        try Self.checkContentHash(of: request)
        headers = []
        headers.reserveCapacity(request.headers.count + 5)
        var hasHost = false
        for header in request.headers {
            switch Characters.lowercased(header.name) {
            case "authorization", "x-amz-date": continue
            case "x-amz-security-token" where replacesToken: continue
            case "x-amz-content-sha256" where sendsHash: continue
            case "host": hasHost = true
            default: break
            }
            headers.append(header)
        }
        if !hasHost { headers.append(("Host", target.hostHeader)) }
        headers.append(("X-Amz-Date", context.amzDate))
        if options.sessionTokenPlacement == .signed { appendToken(of: context.credentials) }
        if sendsHash { headers.append((Self.contentHash, request.payload.canonicalText)) }
    }

    mutating func appendToken(of credentials: SigningCredentials) {
        if let token = credentials.usableToken { headers.append((Self.token, token)) }
    }

    /// Puts values of several lines on one: after they were validated, so that nothing else has line ends.
    mutating func unfold() {
        for index in headers.indices {
            headers[index].value = CanonicalHeaders.unfolded(headers[index].value)
        }
    }

    /// A service that reads the header would compute another canonical request than the one that is signed.
    static func checkContentHash(of request: SignableRequest) throws(Defect) {
        let stated = request.headers.first { Characters.lowercased($0.name) == "x-amz-content-sha256" }
        guard let stated, stated.value != request.payload.canonicalText else { return }
        throw Defect(
            .header(name: stated.name), "\(contentHash) in the headers is not the payload hash to be signed",
            remedy: "leave the header out: the signer adds it where the options ask for it")
    }
}
