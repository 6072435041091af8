/// A request's headers with the signature in them, and the texts it was made from.
public struct SignedRequest: Sendable {
    /// Everything to put on the wire: the request's own headers, then Host, X-Amz-Date, X-Amz-Security-Token
    /// and X-Amz-Content-Sha256 where they apply, then Authorization.
    public var headers: [(name: String, value: String)]
    /// What was hashed. It shows the session token: compare it with the one in a SignatureDoesNotMatch
    /// answer, do not log it.
    public var canonicalRequest: String
    /// What was signed: algorithm, time, scope and the hash of the canonical request.
    public var stringToSign: String
    /// 64 lower-case hex digits.
    public var signature: String

    /// The value of the Authorization header.
    public var authorization: String { headers.last?.value ?? "" }
}

/// Printing and reflection show the signature only: the rest carries the session token or is a credential
/// itself.
extension SignedRequest: CustomStringConvertible, CustomReflectable {
    public var description: String { "SignedRequest(signature: \(signature), the rest: <redacted>)" }

    public var customMirror: Mirror {
        Mirror(self, children: ["signature": signature], displayStyle: .struct)
    }
}
