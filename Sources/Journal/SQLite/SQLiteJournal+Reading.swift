import Failover
import GRDB

extension SQLiteJournal {
    public func entries(after sequence: Int64, workload: WorkloadID?, limit: Int) throws(JournalError)
        -> [Entry]
    {
        try rows(after: sequence, workload: workload, limit: JournalBounds.clamped(limit)).map(\.entry)
    }

    public func latest(workload: WorkloadID?, limit: Int) throws(JournalError) -> [Entry] {
        let filter = workload == nil ? "" : "WHERE workload = ?"
        let sql = "SELECT \(JournalRow.columns) FROM record \(filter) ORDER BY sequence DESC LIMIT ?"
        let arguments = Self.arguments(workload, JournalBounds.clamped(limit))
        return try fetch(sql, arguments).reversed().map(\.entry)
    }

    /// Also proves the chain: numbers without gaps, and every digest. A row that was edited, taken out or put
    /// in ends the replay with `.damaged`, before `body` sees it.
    public func replay(_ body: (Entry) throws -> Void) throws(JournalError) {
        let end = try seal()
        var last = Seal.start
        // Page by page, each in a short read of its own: a long one would keep the write-ahead log from being
        // emptied, and `body` could not use the journal.
        while last.sequence < end.sequence {
            let limit = min(Int64(JournalBounds.replayPage), end.sequence - last.sequence)
            let page = try rows(after: last.sequence, workload: nil, limit: Int(limit))
            for row in page {
                let next = last.next(body: row.body)
                guard row.entry.sequence == next.sequence else { throw gap(at: next.sequence) }
                guard row.digest == next.digest else {
                    throw damage(
                        next.sequence, "its digest does not follow from its body and the record before it")
                }
                try row.entry.hand(to: body, of: path)
                last = next
            }
            guard !page.isEmpty else { throw gap(at: last.sequence + 1) }
        }
    }

    /// The end of the chain, as stored. Keep it somewhere else to be able to prove later what was in the
    /// journal.
    public func seal() throws(JournalError) -> Seal {
        try JournalError.naming(.read, path) {
            try refuseWhenClosed()
            return try Refusal.wrapping { try queue.read { try JournalRow.seal(in: $0) } }
        }
    }

    private func gap(at sequence: Int64) -> JournalError { damage(sequence, "the record is missing") }

    private func damage(_ sequence: Int64, _ detail: String) -> JournalError {
        JournalError(attempt: .read, path: path, cause: .damaged(sequence: sequence, detail: detail))
    }

    private func rows(
        after sequence: Int64, workload: WorkloadID?, limit: Int
    ) throws(JournalError) -> [JournalRow] {
        let filter = workload == nil ? "WHERE" : "WHERE workload = ? AND"
        let sql = "SELECT \(JournalRow.columns) FROM record \(filter) sequence > ? ORDER BY sequence LIMIT ?"
        return try fetch(sql, Self.arguments(workload, sequence, limit))
    }

    private static func arguments(
        _ workload: WorkloadID?, _ others: any DatabaseValueConvertible...
    ) -> StatementArguments {
        StatementArguments((workload.map { [$0.rawValue] } ?? []) + others)
    }

    private func fetch(_ sql: String, _ arguments: StatementArguments) throws(JournalError) -> [JournalRow] {
        try JournalError.naming(.read, path) {
            try refuseWhenClosed()
            return try Refusal.wrapping {
                try queue.read { database in
                    let cursor = try Row.fetchCursor(
                        database.cachedStatement(sql: sql), arguments: arguments)
                    var rows: [JournalRow] = []
                    while let row = try cursor.next() { rows.append(try JournalRow(row)) }
                    return rows
                }
            }
        }
    }
}
