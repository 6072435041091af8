import Failover
import Journal

/// What is on a disk, or in the table that several hosts share: it outlives the processes that write to it.
/// Unlike `MemoryJournal` it makes no JSON of each record, which is most of what that costs.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class Shelf: @unchecked Sendable {
    private let trace: Trace
    private(set) var entries: [Entry] = []
    /// Who holds the lease by the table, whether or not he knows.
    private(set) var lease: LeaseRecord?
    /// The process that holds it.
    private weak var holder: RemoteStore?

    init(_ trace: Trace) { self.trace = trace }

    /// From now on the records are durable.
    func put(_ records: [Record], by host: HostID) -> [Entry] {
        let first = Int64(entries.count) + 1
        let added = records.enumerated().map { Entry(sequence: first + Int64($0), record: $1) }
        entries += added
        for record in records { trace.note(.record(host, record)) }
        return added
    }

    func entries(after sequence: Int64, workload: WorkloadID?, limit: Int) -> [Entry] {
        let rest = entries.dropFirst(Int(clamping: max(sequence, 0)))
        return Array(
            rest.lazy.filter { workload == nil || $0.record.workload == workload }
                .prefix(min(limit, JournalBounds.page)))
    }

    func latest(workload: WorkloadID?, limit: Int) -> [Entry] {
        let matching = entries.reversed().lazy.filter { workload == nil || $0.record.workload == workload }
        return matching.prefix(min(limit, JournalBounds.page)).reversed()
    }

    /// Whether `next` was put in the place of `expected`, for `store`'s process.
    func replace(_ expected: LeaseRecord?, with next: LeaseRecord, for store: RemoteStore) -> Bool {
        guard lease == expected else { return false }
        if next.epoch != lease?.epoch {
            let before = lease.flatMap { old in
                holder?.mayActUntil.map {
                    Happening.Predecessor(HostID(old.holder), mayActUntil: $0)
                }
            }
            trace.note(.lease(holder: HostID(next.holder), epoch: next.epoch, after: before))
        }
        lease = next
        holder = store
        return true
    }
}
