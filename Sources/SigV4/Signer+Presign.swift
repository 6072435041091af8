extension Signer {
    /// Seven days: what AWS accepts at most.
    public static let maximumExpirySeconds = 604_800

    /// Signs with query parameters, so that the URL alone makes the request.
    ///
    /// The URL's own parameters come first, spelled canonically, then the authentication parameters in
    /// botocore's order. Host and every given header are signed, except the form Content-Type (a URL opened
    /// later has no form body), Authorization, X-Amz-Date, X-Amz-Security-Token and what proxies rewrite.
    ///
    /// The payload is usually left empty; S3 expects `.unsigned`, because nobody knows the body yet.
    ///
    /// - Parameter expiresSeconds: how long the URL is good for, 1 to 604,800. Default: one hour.
    /// - Throws: `SigningError` when the input cannot be signed, or not without ambiguity.
    public func presign(
        _ request: SignableRequest, credentials: SigningCredentials, scope: SigningScope,
        at time: SigningTime, expiresSeconds: Int = 3600, options: SigningOptions = .init()
    ) throws(SigningError) -> PresignedURL {
        do throws(Defect) {
            return try presigned(
                request, in: SigningContext(credentials: credentials, scope: scope, time: time),
                expiresSeconds, options)
        } catch {
            throw SigningError(.presign, error)
        }
    }

    private func presigned(
        _ request: SignableRequest, in context: SigningContext, _ expiresSeconds: Int,
        _ options: SigningOptions
    ) throws(Defect) -> PresignedURL {
        guard (1...Self.maximumExpirySeconds).contains(expiresSeconds) else {
            throw Defect(
                .expiry, "\(expiresSeconds) seconds is not between 1 and \(Self.maximumExpirySeconds)",
                remedy: "choose an expiry of at most seven days")
        }
        let target = try RequestTarget(request.url)
        try WireHeaders.checkContentHash(of: request)
        let canonical = try CanonicalHeaders(Self.presignableHeaders(of: request, target: target))
        var query = try Self.ownParameters(of: target)
        query.append("X-Amz-Algorithm", SigningContext.algorithm)
        query.append("X-Amz-Credential", context.credential)
        query.append("X-Amz-Date", context.amzDate)
        query.append("X-Amz-Expires", String(expiresSeconds))
        query.append("X-Amz-SignedHeaders", canonical.signedNames)
        let token = context.credentials.usableToken
        if let token, options.sessionTokenPlacement == .signed { query.append("X-Amz-Security-Token", token) }

        let text = try CanonicalRequest.bytes(
            method: request.method, path: CanonicalPath.bytes(of: target.path, options: options),
            query: query.sorted, headers: canonical, signedNames: canonical.signedNames,
            payload: request.payload)
        let stringToSign = try context.stringToSign(text)
        let signature = try signature(of: stringToSign, in: context)
        query.append("X-Amz-Signature", signature)
        if let token, options.sessionTokenPlacement == .appendedUnsigned {
            query.append("X-Amz-Security-Token", token)
        }
        let url = target.withoutQuery + [UInt8(ascii: "?")] + query.inOrder
        return PresignedURL(
            url: String(decoding: url, as: UTF8.self), signedHeaderNames: canonical.names,
            canonicalRequest: String(decoding: text, as: UTF8.self), stringToSign: stringToSign,
            signature: signature)
    }

    private static func presignableHeaders(
        of request: SignableRequest, target: RequestTarget
    ) -> [(name: String, value: String)] {
        let left: Set<String> = ["authorization", "x-amz-date", "x-amz-security-token"]
        var headers = request.headers.filter { header in
            let name = Characters.lowercased(header.name)
            let isForm = header.value == "application/x-www-form-urlencoded; charset=utf-8"
            return !left.contains(name) && !(name == "content-type" && isForm)
        }
        if !headers.contains(where: { Characters.lowercased($0.name) == "host" }) {
            headers.append(("Host", target.hostHeader))
        }
        return headers
    }

    /// Empty pairs (`a=1&&b=2`) are dropped: this URL is written anew, and they carry nothing.
    private static func ownParameters(of target: RequestTarget) throws(Defect) -> CanonicalQuery {
        var query = try CanonicalQuery(target.query)
        query.parameters.removeAll { $0.key.isEmpty && $0.value.isEmpty }
        let reserved = Set(
            ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Security-Token", "Signature"]
                .map { Array("X-Amz-\($0)".utf8) })
        guard !query.parameters.contains(where: { reserved.contains($0.key) }) else {
            throw Defect(
                .url, "the URL already carries presigning parameters",
                remedy: "presign the plain URL; a presigned one cannot be signed again")
        }
        return query
    }
}
