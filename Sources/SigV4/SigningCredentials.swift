/// An AWS access key, permanent or temporary.
///
/// Text descriptions, debug descriptions and reflection (`dump`, loggers that walk a `Mirror`) show the
/// access key id only: the secret and the session token never reach a log through this type.
public struct SigningCredentials: Sendable, Equatable {
    /// The public half, for example `AKIAIOSFODNN7EXAMPLE`. It travels in the clear in every signed request.
    public var accessKeyID: String
    /// The secret half. It keys the signature and never travels.
    public var secretAccessKey: String
    /// The token of temporary credentials; nil for a permanent key. An empty string counts as nil.
    public var sessionToken: String?

    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }

    /// The token to send, if there is one to send.
    var usableToken: String? {
        guard let sessionToken, !sessionToken.isEmpty else { return nil }
        return sessionToken
    }

    func validated() throws(Defect) {
        guard Characters.areVisibleASCII(accessKeyID), !accessKeyID.utf8.contains(UInt8(ascii: "/")) else {
            throw Defect(
                .credentials, "the access key id is empty or has a character that no access key id has",
                remedy: "pass the key id alone, without quotes, spaces or line ends")
        }
        guard !secretAccessKey.isEmpty, !Characters.haveControl(secretAccessKey) else {
            throw Defect(
                .credentials, "the secret access key is empty or contains a control character",
                remedy: "strip the line end that a file or an environment variable often carries")
        }
        if let token = usableToken, !Characters.areVisibleASCII(token) {
            throw Defect(
                .credentials, "the session token contains a space, a control or a non-ASCII character",
                remedy: "pass the token as one line, exactly as STS returned it")
        }
    }
}

extension SigningCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        let token = usableToken == nil ? "none" : "<redacted>"
        return "SigningCredentials(\(accessKeyID), secret: <redacted>, token: \(token))"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(self, children: ["accessKeyID": accessKeyID], displayStyle: .struct)
    }
}
