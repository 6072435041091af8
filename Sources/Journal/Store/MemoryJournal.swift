import Failover

/// A journal that lasts as long as the object: for tests and for simulated worlds. It takes and refuses the
/// same records as `SQLiteJournal`.
public final class MemoryJournal: FencedJournal {
    private static let path = "memory"
    private let state: Locked<State>
    private let lease: MemoryLeaseStore?

    private struct State {
        var entries: [Entry] = []
        var closed = false
    }

    /// `entries` as another journal gave them, from sequence 1 and without gaps: a precondition. `lease`: for
    /// hosts that share it.
    public init(entries: [Entry] = [], lease: MemoryLeaseStore? = nil) {
        self.lease = lease
        precondition(entries.map(\.sequence) == entries.indices.map { Int64($0 + 1) }, "a gap in the entries")
        state = Locked(State(entries: entries))
    }

    /// What a restarted controller would find: the same entries in an open journal. This one is closed.
    public func reopened() -> MemoryJournal {
        let entries = state.withLock { state in
            state.closed = true
            return state.entries
        }
        return MemoryJournal(entries: entries, lease: lease)
    }

    public func append(_ records: [Record]) throws(JournalError) -> [Entry] {
        try JournalError.naming(.append, Self.path) {
            for (index, record) in records.enumerated() { _ = try RecordText.encode(record, index: index) }
            return try state.withLock { state in
                guard !state.closed else { throw Refusal(cause: .closed) }
                let first = Int64(state.entries.count) + 1
                let added = records.enumerated().map { Entry(sequence: first + Int64($0), record: $1) }
                state.entries += added
                return added
            }
        }
    }

    public func append(_ records: [Record], epoch: Int) throws(JournalError) -> [Entry] {
        guard let lease else { return try append(records) }
        return try JournalError.naming(.append, Self.path) {
            try lease.whileItStands { record in
                guard record?.epoch == epoch else { throw Refusal(cause: .fenced(epoch: epoch)) }
                return try append(records)
            }
        }
    }

    public func entries(after sequence: Int64, workload: WorkloadID?, limit: Int) throws(JournalError)
        -> [Entry]
    {
        let start = Int(clamping: max(sequence, 0))
        let matching = try all().dropFirst(start).lazy.filter { $0.matches(workload) }
        return Array(matching.prefix(JournalBounds.clamped(limit)))
    }

    public func latest(workload: WorkloadID?, limit: Int) throws(JournalError) -> [Entry] {
        let matching = try all().reversed().lazy.filter { $0.matches(workload) }
        return matching.prefix(JournalBounds.clamped(limit)).reversed()
    }

    public func replay(_ body: (Entry) throws -> Void) throws(JournalError) {
        for entry in try all() { try entry.hand(to: body, of: Self.path) }
    }

    public func close() {
        state.withLock { $0.closed = true }
    }

    private func all() throws(JournalError) -> [Entry] {
        try JournalError.naming(.read, Self.path) {
            try state.withLock { state in
                guard !state.closed else { throw Refusal(cause: .closed) }
                return state.entries
            }
        }
    }
}
