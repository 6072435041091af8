/// What a person asks for, with who and why.
public struct OperatorRequest: Sendable, Equatable, Codable {
    public var verb: Verb
    public var by: String
    public var reason: String
    /// Gates that this person takes the responsibility for. Only some gates can be overridden; see `GateID`.
    public var overrides: [GateID]
    /// For `closeLedger`: which failover's.
    public var failover: Int?
    /// What a repeat of it is known by; nil for one that came without.
    public var key: String?

    public enum Verb: String, Sendable, Codable, CaseIterable {
        case failover, approve, hold, release
        /// Try the step again at which a plan stopped.
        case resume
        /// Give a stopped plan up and leave everything as it is.
        case abandon
        /// What a failover may have lost is dealt with.
        case closeLedger = "close-ledger"
    }

    public init(
        verb: Verb, by: String, reason: String, overrides: [GateID] = [], failover: Int? = nil,
        key: String? = nil
    ) {
        self.verb = verb
        self.by = by
        self.reason = reason
        self.overrides = overrides
        self.failover = failover
        self.key = key
    }
}

/// The answer to a request.
public enum OperatorReply: Sendable, Equatable, Codable {
    case accepted(message: String)
    /// A guard says no; `message` says which one, why, and what would help.
    case refused(message: String)
    /// Nobody knows yet whether it has been recorded. If it has, it counts.
    case inDoubt(message: String)
}
