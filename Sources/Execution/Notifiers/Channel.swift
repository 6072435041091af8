import Failover

/// A way to people that is no SNS topic. One attempt a call; `Notifier` repeats, waits and counts.
public protocol Channel: Sendable {
    /// As config.yaml calls it.
    var type: String { get }
    /// Ends soon after `limit` at the latest. Nothing in what it returns is a secret.
    func send(_ message: Bulletin, limit: Duration) async -> Attempted
    /// What is wrong with the files that it needs; nil when nothing is.
    func fault() -> String?
}

/// How one attempt ended.
public enum Attempted: Sendable, Equatable {
    /// With the id that the other side has given it, where it does.
    case delivered(String?)
    /// Trying again will not help.
    case refused(String)
    /// It may go better next time, and not before `after`.
    case failed(String, after: Duration? = nil)
}
