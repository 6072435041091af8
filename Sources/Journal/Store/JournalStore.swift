import Failover

/// Durable records in one order. Nothing in it is ever changed or taken away.
///
/// A call may take as long as its disk or its network does (milliseconds; seconds when that fails). Whoever
/// appends waits for the end of one append before the next one: the order of the records is the order of the
/// decisions.
public protocol JournalStore: Sendable {
    /// All or nothing; durable when it returns. The answer has one entry a record, in order.
    ///
    /// When the error says that retrying is not safe, the records may be in the journal all the same: open it
    /// again and read before deciding anything.
    func append(_ records: [Record]) async throws(JournalError) -> [Entry]

    /// The entries with a sequence greater than `sequence` (0: from the first), ascending.
    ///
    /// At most `limit`, and at most `JournalBounds.page`, so go on until the answer is empty. `workload` nil:
    /// all; otherwise only that workload's own records, without those of the controller as a whole.
    func entries(
        after sequence: Int64, workload: WorkloadID?, limit: Int
    ) async throws(JournalError) -> [Entry]

    /// The newest `limit` entries (at most `JournalBounds.page`), ascending. `workload` as above.
    func latest(workload: WorkloadID?, limit: Int) async throws(JournalError) -> [Entry]

    /// Hands over everything that is in the journal when it is called, in order, in bounded memory. `body`
    /// may use the journal; appends do not wait for a replay. An error of `body` ends it and comes back as
    /// `.stopped`, a `JournalError` as it is. Runs where its caller runs, so that `body` may change what is
    /// the caller's.
    nonisolated(nonsending) func replay(_ body: (Entry) throws -> Void) async throws(JournalError)

    /// Every call after it fails with `.closed`; closing twice is harmless.
    func close()
}

public enum JournalBounds {
    /// Entries in one answer.
    public static let page = 10_000
    /// Bytes of one record as JSON. A plan for a hundred databases takes about 100 kB.
    public static let recordBytes = 1 << 20
    /// Records that a replay holds at once: at `recordBytes` each, 32 MiB.
    static let replayPage = 32

    static func clamped(_ limit: Int) -> Int { min(max(limit, 0), page) }
}
