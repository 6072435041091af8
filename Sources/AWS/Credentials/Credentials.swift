/// An access key, and until when it is good. Descriptions never show the secret or the token.
public struct Credentials: Sendable, Equatable {
    public var accessKeyID: String
    public var secretAccessKey: String
    public var sessionToken: String?
    /// Nil for long-lived keys.
    public var expiration: WallTime?
    /// Where they came from, in words: `environment`, `profile dr`, `instance role dr-actor`.
    public var source: String
    /// Nil where they are renewed without anybody's doing, and for long-lived keys.
    public var handRenewal: HandRenewal?

    public init(
        accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil,
        expiration: WallTime? = nil,
        source: String = "given", handRenewal: HandRenewal? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
        self.source = source
        self.handRenewal = handRenewal
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        let end = expiration.map { "until \($0)" } ?? "without end"
        return "Credentials(\(accessKeyID) from \(source), \(end), secret: <redacted>)"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(self, children: ["accessKeyID": accessKeyID, "source": source], displayStyle: .struct)
    }
}
