/// Why one attempt failed, and what would make the next one better.
struct AttemptFailure: Error {
    enum Remedy: Equatable {
        /// Nothing; the failure stays.
        case none
        /// Time. A timeout costs more of the retry budget.
        case backoff(isTimeout: Bool)
        /// The credentials were expired and have been thrown away.
        case refreshedCredentials
        /// The clock was wrong and its error is now known.
        case correctedClock
    }

    var kind: AWSError.Kind
    var message: String
    /// Of this attempt alone.
    var outcome = AWSError.Outcome.notDone
    var remedy = Remedy.none
    var status: Int?
    var requestID: String?
    var fault: ServiceFault?
    /// When the server would be asked again.
    var hint: RetryHint?

    /// One word for counting.
    var label: String {
        if let fault { return fault.code }
        if case .network(let kind) = kind { return "\(kind)" }
        return "\(kind)"
    }
}
