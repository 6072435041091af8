/// Signs requests with AWS Signature Version 4.
///
/// One signer serves any number of tasks, credentials, Regions and services. It holds derived keys and
/// nothing else; it reads no clock and does no I/O.
public final class Signer: Sendable {
    private let keys = Locked(SigningKeyCache())

    public init() {}

    /// Signs with an Authorization header.
    ///
    /// Headers named Authorization and X-Amz-Date are replaced, X-Amz-Security-Token too if the credentials
    /// have a token. Every other header is signed, except those that proxies rewrite (User-Agent, Connection,
    /// ...).
    ///
    /// - Throws: `SigningError` when the input cannot be signed, or not without ambiguity.
    public func sign(
        _ request: SignableRequest, credentials: SigningCredentials, scope: SigningScope,
        at time: SigningTime, options: SigningOptions = .init()
    ) throws(SigningError) -> SignedRequest {
        do throws(Defect) {
            return try signed(
                request, in: SigningContext(credentials: credentials, scope: scope, time: time), options)
        } catch {
            throw SigningError(.sign, error)
        }
    }

    private func signed(
        _ request: SignableRequest, in context: SigningContext, _ options: SigningOptions
    ) throws(Defect) -> SignedRequest {
        let target = try RequestTarget(request.url)
        var wire = try WireHeaders(request, target: target, context: context, options: options)
        let canonical = try CanonicalHeaders(wire.headers)
        let signedNames = canonical.signedNames
        let text = try CanonicalRequest.bytes(
            method: request.method,
            path: CanonicalPath.bytes(of: target.path, options: options),
            query: CanonicalQuery(target.query).sorted,
            headers: canonical, signedNames: signedNames, payload: request.payload)
        let stringToSign = try context.stringToSign(text)
        let signature = try signature(of: stringToSign, in: context)
        wire.unfold()
        if options.sessionTokenPlacement == .appendedUnsigned { wire.appendToken(of: context.credentials) }
        wire.headers.append(
            (
                "Authorization",
                Self.joined(
                    SigningContext.algorithm, " Credential=", context.credentials.accessKeyID, "/",
                    context.credentialScope, ", SignedHeaders=", signedNames, ", Signature=", signature)
            ))
        return SignedRequest(
            headers: wire.headers, canonicalRequest: String(decoding: text, as: UTF8.self),
            stringToSign: stringToSign, signature: signature)
    }

    /// An interpolation costs several times as much, and this is done for every request.
    private static func joined(_ parts: String...) -> String {
        var text = ""
        text.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count })
        for part in parts { text += part }
        return text
    }

    /// How many derived keys are held; for tests.
    var cachedKeyCount: Int { keys.withLock { $0.count } }

    func signature(of stringToSign: String, in context: SigningContext) throws(Defect) -> String {
        let hmac = try Cryptography.available().hmac()
        return try hmac(key: signingKey(in: context, hmac), stringToSign).hex
    }

    /// Two tasks that miss at once both derive the key: they get the same bytes, and nobody waits for the
    /// other.
    private func signingKey(
        in context: SigningContext, _ hmac: borrowing Cryptography.HMAC
    ) throws(Defect) -> Digest {
        let identity = try context.keyIdentity()
        if let key = keys.withLock({ $0.key(for: identity) }) { return key }
        let key = try context.derivedKey(hmac)
        keys.withLock { $0.insert(key, for: identity) }
        return key
    }
}
