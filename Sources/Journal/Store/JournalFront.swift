import Failover

/// A journal that stands before another one, and differs from it in its appends alone.
public protocol JournalFront: JournalStore {
    var journal: any JournalStore { get }
}

extension JournalFront {
    public func entries(
        after sequence: Int64, workload: WorkloadID?, limit: Int
    ) async throws(JournalError) -> [Entry] {
        try await journal.entries(after: sequence, workload: workload, limit: limit)
    }

    public func latest(workload: WorkloadID?, limit: Int) async throws(JournalError) -> [Entry] {
        try await journal.latest(workload: workload, limit: limit)
    }

    public nonisolated(nonsending) func replay(
        _ body: (Entry) throws -> Void
    ) async throws(JournalError) {
        try await journal.replay(body)
    }

    public func close() { journal.close() }
}
