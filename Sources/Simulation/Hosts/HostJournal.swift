import Failover
import Journal

/// A host's journal as one life of its process has it: what is below it keeps records, and this is where
/// keeping them goes wrong.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class HostJournal: JournalStore, @unchecked Sendable {
    private let store: any JournalStore
    private let life: Life
    private let trouble: DiskTrouble
    /// Hears of records that have become durable.
    private let kept: ([Record]) -> Void
    private var isUnsettled = false

    init(
        _ store: any JournalStore, life: Life, trouble: DiskTrouble, kept: @escaping ([Record]) -> Void
    ) {
        self.store = store
        self.life = life
        self.trouble = trouble
        self.kept = kept
    }

    func append(_ records: [Record]) async throws(JournalError) -> [Entry] {
        guard life.isAlive else { throw failure(.append, .closed) }
        guard !isUnsettled else { throw failure(.append, .unsettled(detail: "an earlier append failed")) }
        switch trouble.next() {
        case .none: return try await keep(records)
        case .full: throw failure(.append, .diskFull)
        case .error(let isKept):
            if isKept { _ = try await keep(records) }
            isUnsettled = true
            throw failure(.append, .inputOutput(detail: "the disk gave no answer"))
        case .death(let isKept):
            if isKept { _ = try await keep(records) }
            trouble.crash()
            throw failure(.append, .closed)
        }
    }

    private func keep(_ records: [Record]) async throws(JournalError) -> [Entry] {
        let entries = try await store.append(records)
        kept(records)
        return entries
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

    private func failure(_ attempt: JournalError.Attempt, _ cause: JournalError.Cause) -> JournalError {
        JournalError(attempt: attempt, path: "simulated", cause: cause)
    }
}

/// What a host's disk does with the next append. SQLite promises all or nothing, so nothing is ever torn.
final class DiskTrouble {
    enum Mishap {
        case none
        /// Nothing was written, and the journal knows.
        case full
        /// Nobody knows.
        case error(isKept: Bool)
        /// The process dies before or after the records are durable.
        case death(isKept: Bool)
    }

    private var active: [(fault: Fault, chance: Chance)] = []
    private let seed: Seed
    /// Ends the process that writes.
    var crash: () -> Void = {}

    init(_ seed: Seed) { self.seed = seed }

    func begin(_ fault: Fault) { active.append((fault, seed.stream("disk/\(fault.index)"))) }

    func end(_ fault: Fault) { active.removeAll { $0.fault.index == fault.index } }

    func next() -> Mishap {
        for index in active.indices {
            let fault = active[index].fault
            let draw = active[index].chance.unit()
            switch fault.kind {
            case .diskFull: return .full
            // Once and it is over: the process ends, and the next one must be able to write.
            case .diskError where draw < fault.rate:
                end(fault)
                return .error(isKept: draw < fault.rate / 2)
            case .crashAtAppend where draw < fault.rate / 4:
                end(fault)
                return .death(isKept: draw < fault.rate / 8)
            default: continue
            }
        }
        return .none
    }
}
