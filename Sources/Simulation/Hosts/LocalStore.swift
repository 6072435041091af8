import Failover
import Journal

/// A shelf on the host's own disk.
struct LocalStore: JournalStore {
    let shelf: Shelf
    let host: HostID

    func append(_ records: [Record]) async throws(JournalError) -> [Entry] { shelf.put(records, by: host) }

    func entries(
        after sequence: Int64, workload: WorkloadID?, limit: Int
    ) async throws(JournalError) -> [Entry] {
        shelf.entries(after: sequence, workload: workload, limit: limit)
    }

    func latest(workload: WorkloadID?, limit: Int) async throws(JournalError) -> [Entry] {
        shelf.latest(workload: workload, limit: limit)
    }

    nonisolated(nonsending) func replay(_ body: (Entry) throws -> Void) async throws(JournalError) {
        try shelf.entries.hand(to: body)
    }

    func close() {}
}

extension [Entry] {
    func hand(to body: (Entry) throws -> Void) throws(JournalError) {
        for entry in self {
            do {
                try body(entry)
            } catch {
                throw JournalError(
                    attempt: .read, path: "simulated",
                    cause: .stopped(sequence: entry.sequence, detail: "\(error)"))
            }
        }
    }
}
