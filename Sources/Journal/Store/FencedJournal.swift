import Failover

/// A journal that several hosts share: whoever writes says under which epoch of the lease.
public protocol FencedJournal: JournalStore {
    /// Like `append`, and refused with `.fenced` once a newer epoch has been granted, even if nothing has
    /// been written under that one yet: who was paused in the middle of an append can no longer finish it.
    func append(_ records: [Record], epoch: Int) async throws(JournalError) -> [Entry]
}
