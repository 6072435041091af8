/// One attempt, for counting and logging. It holds no parameters and no credentials.
public struct CallRecord: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        case success
        /// `code` is AWS's, or a word for the kind of failure when AWS gave none.
        case failure(kind: AWSError.Kind, code: String, willRetry: Bool)
    }

    /// `Service.id`.
    public var service: String
    public var operation: String
    public var region: String
    /// Counted from one.
    public var attempt: Int
    public var duration: Duration
    public var outcome: Outcome
    /// Nil when no answer came.
    public var status: Int?
    public var requestID: String?
}

/// Hears of every attempt. It is called in line, so that it must return at once.
public typealias CallObserver = @Sendable (CallRecord) -> Void
