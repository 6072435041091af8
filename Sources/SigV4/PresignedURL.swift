/// A URL that carries its own signature: whoever holds it may make this one request until it expires.
public struct PresignedURL: Sendable {
    /// The URL to request. It is a credential: do not log it.
    public var url: String
    /// The lower-case names of the headers that the request must carry, exactly as they were given.
    public var signedHeaderNames: [String]
    /// What was hashed.
    public var canonicalRequest: String
    /// What was signed: algorithm, time, scope and the hash of the canonical request.
    public var stringToSign: String
    /// 64 lower-case hex digits.
    public var signature: String
}

/// Printing and reflection show the signature only: the rest carries the session token or is a credential
/// itself.
extension PresignedURL: CustomStringConvertible, CustomReflectable {
    public var description: String { "PresignedURL(signature: \(signature), the rest: <redacted>)" }

    public var customMirror: Mirror {
        Mirror(self, children: ["signature": signature], displayStyle: .struct)
    }
}
