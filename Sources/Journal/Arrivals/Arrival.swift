import Failover

/// A message that was let through by the webhook: a reason to look, and nothing more.
public struct Arrival: Sendable, Equatable {
    /// Never the same for two messages: what a replay is known by.
    public var id: String
    public var at: Timestamp
    /// For the journal. One plain line, made of names and codes.
    public var because: String
    public var workloads: [WorkloadID]

    public init(id: String, at: Timestamp, because: String, workloads: [WorkloadID]) {
        self.id = id
        self.at = at
        self.because = because
        self.workloads = workloads
    }
}

/// Where arrivals are kept until the workloads have been looked at, and their ids for as long as a recording
/// of them could still pass for new.
public protocol Arrivals: Sendable {
    /// On disk when it returns. False when one with its id has been there before.
    func enter(_ arrival: Arrival) throws(JournalError) -> Bool
    /// What nobody has looked after yet, the oldest first, at most `limit`.
    func pending(atMost limit: Int) throws(JournalError) -> [Arrival]
    func settle(_ ids: [String]) throws(JournalError)
    /// Forgets what is settled and older.
    func forget(before time: Timestamp) throws(JournalError)
}
