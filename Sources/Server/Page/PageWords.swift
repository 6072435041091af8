import Failover

/// What the page says in the same words as `drctl` does.
public struct PageWords: Sendable {
    /// One line for a record; nil for what is no deed.
    public var record: @Sendable (Record) -> String?
    /// The runbook that fits, such as `runbooks/plan-stuck.md`; nil while there is nothing to do.
    public var runbook: @Sendable (WorkloadView) -> String?
    /// `maximum_data_loss` in seconds.
    public var limit: @Sendable (WorkloadID) -> Double?

    public init(
        record: @escaping @Sendable (Record) -> String?,
        runbook: @escaping @Sendable (WorkloadView) -> String?,
        limit: @escaping @Sendable (WorkloadID) -> Double?
    ) {
        self.record = record
        self.runbook = runbook
        self.limit = limit
    }
}
