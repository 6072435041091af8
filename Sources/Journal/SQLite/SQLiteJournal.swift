import Dispatch
import Failover
import GRDB

/// The journal in a SQLite file: write-ahead log, every append flushed to the disk, one writing process at a
/// time.
public final class SQLiteJournal: JournalStore {
    /// As given to `open`.
    public let path: String
    let queue: DatabaseQueue
    let isReadOnly: Bool
    private let state: Locked<State>
    private let schedule: Schedule

    /// Runs what blocks.
    public typealias Schedule = @Sendable (@escaping @Sendable () -> Void) -> Void

    private struct State {
        /// Nil when read-only, and once closed.
        var lock: JournalLock?
        var closed = false
        /// Set by an append whose effect on the disk is unknown. The kernel may report a failed flush only
        /// once and call the next one good, so the only way to know is to read the file anew.
        var unsettled: String?
    }

    init(path: String, queue: DatabaseQueue, lock: JournalLock?, schedule: Schedule? = nil) {
        self.path = path
        let thread = DispatchQueue(label: "drctl.journal")
        self.schedule = schedule ?? { thread.async(execute: $0) }
        self.queue = queue
        isReadOnly = lock == nil
        state = Locked(State(lock: lock))
    }

    /// Waits on a thread of the journal's own. Swift's pool has one a core: a disk that hangs would hold up
    /// whoever asks whether he may act.
    public func append(_ records: [Failover.Record]) async throws(JournalError) -> [Entry] {
        let answer = await withCheckedContinuation { waiting in
            schedule {
                waiting.resume(returning: Result { () throws(JournalError) in try self.write(records) })
            }
        }
        return try answer.get()
    }

    /// The same, blocking the calling thread.
    func write(_ records: [Failover.Record]) throws(JournalError) -> [Entry] {
        try JournalError.naming(.append, path) {
            try refuseWhenClosed()
            guard !isReadOnly else { throw Refusal(cause: .readOnly) }
            if let detail = state.withLock({ $0.unsettled }) {
                throw Refusal(cause: .unsettled(detail: detail))
            }
            var bodies: [String] = []
            for (index, record) in records.enumerated() {
                bodies.append(try RecordText.encode(record, index: index))
            }
            guard !records.isEmpty else { return [] }
            return try insert(records, bodies)
        }
    }

    private func insert(_ records: [Failover.Record], _ bodies: [String]) throws -> [Entry] {
        do {
            return try Refusal.wrapping {
                try queue.write { database in
                    try Schema.raise(database, for: records)
                    var seal = try JournalRow.seal(in: database)
                    return try zip(records, bodies).map { record, body in
                        seal = seal.next(body: body)
                        try JournalRow.insert(record, body: body, seal: seal, into: database)
                        return Entry(sequence: seal.sequence, record: record)
                    }
                }
            }
        } catch let refusal as Refusal {
            let error = JournalError(attempt: .append, path: path, cause: refusal.cause)
            if !error.retryIsSafe { state.withLock { $0.unsettled = $0.unsettled ?? "\(refusal.cause)" } }
            throw error
        }
    }

    /// Checkpoints, closes the file and lets go of the lock.
    public func close() {
        let lock = state.withLock { state in
            state.closed = true
            defer { state.lock = nil }
            return state.lock
        }
        // Failing to close leaves a write-ahead log behind, which the next opening reads: nothing is lost.
        try? queue.close()
        // Only now may the next process begin.
        withExtendedLifetime(lock) {}
    }

    func refuseWhenClosed() throws(Refusal) {
        if state.withLock({ $0.closed }) { throw Refusal(cause: .closed) }
    }
}
