import Failover
import Journal

/// A host's journal as one life of its process has it: what is below it keeps records, and this is where
/// keeping them goes wrong.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class HostJournal: FencedJournal, @unchecked Sendable {
    private let store: any JournalStore
    private let life: Life
    private let trouble: DiskTrouble
    private var isUnsettled = false

    init(_ store: any JournalStore, life: Life, trouble: DiskTrouble) {
        self.store = store
        self.life = life
        self.trouble = trouble
    }

    func append(_ records: [Record]) async throws(JournalError) -> [Entry] {
        try await keep(records, epoch: nil)
    }

    func append(_ records: [Record], epoch: Int) async throws(JournalError) -> [Entry] {
        try await keep(records, epoch: epoch)
    }

    private func keep(_ records: [Record], epoch: Int?) async throws(JournalError) -> [Entry] {
        guard life.isAlive else { throw failure(.closed) }
        guard !isUnsettled else { throw failure(.unsettled(detail: "an earlier append failed")) }
        switch trouble.next() {
        case .none: return try await hand(records, epoch)
        case .full: throw failure(.diskFull)
        case .error(let isKept):
            if isKept { _ = try await hand(records, epoch) }
            // Under a new epoch a shared journal is read anew; a file is only read by a new process.
            isUnsettled = epoch == nil
            throw failure(.inputOutput(detail: "the disk gave no answer"))
        case .death(let isKept):
            if isKept { _ = try await hand(records, epoch) }
            trouble.crash()
            throw failure(.closed)
        }
    }

    private func hand(_ records: [Record], _ epoch: Int?) async throws(JournalError) -> [Entry] {
        guard let epoch, let shared = store as? any FencedJournal else {
            return try await store.append(records)
        }
        return try await shared.append(records, epoch: epoch)
    }

    func entries(
        after sequence: Int64, workload: WorkloadID?, limit: Int
    ) async throws(JournalError) -> [Entry] {
        try await store.entries(after: sequence, workload: workload, limit: limit)
    }

    func latest(workload: WorkloadID?, limit: Int) async throws(JournalError) -> [Entry] {
        try await store.latest(workload: workload, limit: limit)
    }

    nonisolated(nonsending) func replay(_ body: (Entry) throws -> Void) async throws(JournalError) {
        try await store.replay(body)
    }

    func close() { store.close() }

    private func failure(_ cause: JournalError.Cause) -> JournalError {
        JournalError(attempt: .append, path: "simulated", cause: cause)
    }
}
