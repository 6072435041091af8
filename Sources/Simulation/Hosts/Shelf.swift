import Failover
import Journal

/// What is on a disk, or in a shared table: it outlives the processes that write to it. Unlike
/// `MemoryJournal` it makes no JSON of each record, which is most of what that costs.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class Shelf: JournalStore, @unchecked Sendable {
    private(set) var entries: [Entry] = []

    func append(_ records: [Record]) async throws(JournalError) -> [Entry] {
        let first = Int64(entries.count) + 1
        let added = records.enumerated().map { Entry(sequence: first + Int64($0), record: $1) }
        entries += added
        return added
    }

    func entries(
        after sequence: Int64, workload: WorkloadID?, limit: Int
    ) async throws(JournalError) -> [Entry] {
        Array(
            entries.dropFirst(Int(clamping: max(sequence, 0))).lazy
                .filter { workload == nil || $0.record.workload == workload }.prefix(limit))
    }

    func latest(workload: WorkloadID?, limit: Int) async throws(JournalError) -> [Entry] {
        entries.reversed().lazy.filter { workload == nil || $0.record.workload == workload }.prefix(limit)
            .reversed()
    }

    nonisolated(nonsending) func replay(_ body: (Entry) throws -> Void) async throws(JournalError) {
        for entry in entries {
            do {
                try body(entry)
            } catch {
                throw JournalError(
                    attempt: .read, path: "shelf",
                    cause: .stopped(sequence: entry.sequence, detail: "\(error)"))
            }
        }
    }

    func close() {}
}
