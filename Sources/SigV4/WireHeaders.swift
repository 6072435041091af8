/// The request's headers and those that signing adds, in wire order.
struct WireHeaders {
    var headers: [(name: String, value: String)]

    private static let contentHash = "X-Amz-Content-Sha256"
    private static let token = "X-Amz-Security-Token"

    init(
        _ request: SignableRequest, target: RequestTarget, context: SigningContext, options: SigningOptions
    ) throws(Defect) {
        var replaced: Set<String> = ["authorization", "x-amz-date"]
        let usableToken = context.credentials.usableToken
        if usableToken != nil { replaced.insert("x-amz-security-token") }
        let sendsHash = options.includeContentSHA256Header || request.payload == .unsigned
        if sendsHash { replaced.insert("x-amz-content-sha256") }

        // TLS is then all that keeps the body as it was sent.
        guard request.payload != .unsigned || target.usesTLS else {
            throw Defect(
                .payloadHash, "an unsigned payload may not travel over plain http",
                remedy: "use https, or hash the body with PayloadHash.of(_:)")
        }
        try Self.checkContentHash(of: request)
        headers = request.headers.filter { !replaced.contains(Characters.lowercased($0.name)) }
        if !headers.contains(where: { Characters.lowercased($0.name) == "host" }) {
            headers.append(("Host", target.hostHeader))
        }
        headers.append(("X-Amz-Date", context.amzDate))
        if options.sessionTokenPlacement == .signed { appendToken(of: context.credentials) }
        if sendsHash { headers.append((Self.contentHash, request.payload.canonicalText)) }
    }

    mutating func appendToken(of credentials: SigningCredentials) {
        if let token = credentials.usableToken { headers.append((Self.token, token)) }
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
