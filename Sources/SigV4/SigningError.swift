/// Why a request was not signed.
///
/// Nothing was sent, so trying again is always safe; it helps only when `retryCanHelp`. The text names bytes
/// and positions, never the value of a header, the query or a credential.
public struct SigningError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried.
    public enum Operation: String, Sendable, Equatable {
        case sign
        case presign
    }

    /// The part of the input that was at fault.
    public enum Subject: Sendable, Equatable {
        case method
        case url
        case header(name: String)
        case payloadHash
        case credentials
        case scope
        case time
        case expiry
        /// Not the input: OpenSSL did not provide SHA-256 or HMAC.
        case cryptography
    }

    public let operation: Operation
    public let subject: Subject
    /// What is wrong.
    public let problem: String
    /// What to do about it.
    public let remedy: String

    /// Whether the same input may succeed later. True only when OpenSSL itself failed.
    public var retryCanHelp: Bool { subject == .cryptography }

    public var description: String { "cannot \(operation.rawValue) the request: \(problem); \(remedy)" }

    init(_ operation: Operation, _ defect: Defect) {
        self.operation = operation
        self.subject = defect.subject
        self.problem = defect.problem
        self.remedy = defect.remedy
    }
}

/// A `SigningError` that does not know yet what was being tried.
struct Defect: Error {
    let subject: SigningError.Subject
    let problem: String
    let remedy: String

    init(_ subject: SigningError.Subject, _ problem: String, remedy: String) {
        self.subject = subject
        self.problem = problem
        self.remedy = remedy
    }
}
