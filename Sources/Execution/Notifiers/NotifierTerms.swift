import Failover

/// How patient a notifier is.
public struct NotifierTerms: Sendable, Equatable {
    /// For one attempt. Default 10 s: Slack and PagerDuty answer within one, a mail server may look things
    /// up.
    public var attemptLimit: Duration
    /// Per message, at least 1.
    public var attempts: Int
    /// Messages that may wait, the one that is being sent included. Default 64: a failover makes about ten.
    public var queueLimit: Int
    /// A pause that the other side asks for is kept up to here: news that is minutes old is no news.
    public var longestPause: Duration

    public init(
        attemptLimit: Duration = .seconds(10), attempts: Int = 3, queueLimit: Int = 64,
        longestPause: Duration = .seconds(30)
    ) {
        self.attemptLimit = attemptLimit
        self.attempts = max(1, attempts)
        self.queueLimit = max(1, queueLimit)
        self.longestPause = longestPause
    }
}

/// What notifiers take from outside.
public struct NotifierSurroundings: Sendable {
    public var now: @Sendable () -> Timestamp
    /// Throws when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// Asked before every attempt: a host that does not lead any more has nothing to say.
    public var maySpeak: @Sendable () async -> Bool
    /// One line for the log.
    public var report: @Sendable (Report) -> Void

    public enum Report: Sendable, Equatable {
        /// A message was not taken.
        case trouble(String)
        /// It works again.
        case recovery(String)
    }

    public init(
        now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async throws -> Void,
        maySpeak: @escaping @Sendable () async -> Bool, report: @escaping @Sendable (Report) -> Void
    ) {
        self.now = now
        self.sleep = sleep
        self.maySpeak = maySpeak
        self.report = report
    }
}
