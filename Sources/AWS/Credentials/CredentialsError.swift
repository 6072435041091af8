/// Why there are no credentials.
public struct CredentialsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried: `profile dr`, `instance metadata`.
    public var source: String
    /// What went wrong there. It never holds a secret.
    public var detail: String
    /// Whether it may go away by itself.
    public var retryable: Bool

    public init(source: String, detail: String, retryable: Bool) {
        self.source = source
        self.detail = detail
        self.retryable = retryable
    }

    public var description: String { "no credentials from \(source): \(detail)" }
}
