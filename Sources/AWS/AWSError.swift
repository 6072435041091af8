import HTTPTransport

/// The one error of this room: what was tried, where, why it failed, whether AWS may have acted all the same,
/// and whether trying again is safe.
public struct AWSError: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// AWS asked for fewer requests.
        case throttled
        /// The credentials are good, the permission is missing.
        case accessDenied
        /// AWS does not accept the credentials: unknown, expired, or a wrong secret.
        case credentialsRejected
        /// No credentials could be had.
        case credentialsUnavailable
        /// The clock of this machine is too far from that of AWS, also after correcting for it once.
        case clockSkew
        /// What was named does not exist.
        case notFound
        /// AWS refused for a reason that `code` gives.
        case refused
        /// A status of 500 or more, or a code that AWS calls transient.
        case serverFault
        /// No usable answer came.
        case network(TransportError.Kind)
        /// An answer came that is not what the protocol says.
        case malformedResponse
        /// No endpoint can be formed for the service in that Region.
        case endpoint
        /// The caller's deadline passed before the first attempt, or between two attempts.
        case deadline
        /// The task was cancelled.
        case cancelled
        /// Pages never ended, or a page token came twice.
        case pagination
    }

    /// Whether the request may have taken effect.
    public enum Outcome: Sendable, Equatable {
        case notDone
        case unknown
    }

    /// Why no further attempt was made.
    public enum GaveUp: Sendable, Equatable {
        /// The failure is not one that goes away.
        case notTransient
        /// The failure leaves open whether AWS has acted, and the operation must not be sent twice.
        case notRepeatable
        case attemptsUsedUp
        /// Too many requests to this service and Region have failed lately.
        case budgetUsedUp
        case deadline
        case cancelled
    }

    public var service: Service
    public var operation: String
    public var region: String
    public var kind: Kind
    /// AWS's own error code, `InvalidDBInstanceState`. Nil when no error document came.
    public var code: String?
    public var message: String
    /// The HTTP status. Nil when no answer came.
    public var status: Int?
    public var requestID: String?
    /// Over all attempts: `.unknown` as soon as one of them may have taken effect.
    public var outcome: Outcome
    /// Whether the same call may succeed later and is safe to send again.
    public var retryable: Bool
    /// How many times the request was sent.
    public var attempts: Int
    public var gaveUp: GaveUp
    /// The whole error document of a JSON service.
    public var document: JSONValue?

    public init(
        service: Service, operation: String, region: String, kind: Kind, code: String? = nil, message: String,
        status: Int? = nil, requestID: String? = nil, outcome: Outcome, retryable: Bool, attempts: Int = 0,
        gaveUp: GaveUp = .notTransient, document: JSONValue? = nil
    ) {
        self.service = service
        self.operation = operation
        self.region = region
        self.kind = kind
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.outcome = outcome
        self.retryable = retryable
        self.attempts = attempts
        self.gaveUp = gaveUp
        self.document = document
    }
}
