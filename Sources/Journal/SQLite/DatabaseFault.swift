import GRDB

extension Refusal {
    /// What an error of SQLite means for a journal.
    init(_ error: DatabaseError) {
        let detail = error.message ?? error.resultCode.description
        cause =
            switch error.resultCode {
            case .SQLITE_FULL: .diskFull
            case .SQLITE_NOTADB: .notAJournal(detail: detail)
            case .SQLITE_CORRUPT: .damaged(sequence: nil, detail: detail)
            case .SQLITE_CANTOPEN: .refused(detail: detail)
            case .SQLITE_READONLY, .SQLITE_PERM: .notWritable(detail: detail)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_IOERR: .inputOutput(detail: "\(detail), \(error.extendedResultCode.rawValue)")
            case .SQLITE_CONSTRAINT: .forbidden(detail: detail)
            default: .other(detail: detail)
            }
    }

    /// Runs `body`, which talks to SQLite.
    static func wrapping<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw Refusal(error)
        } catch let error as RowDecodingError {
            // A STRICT table holds no other types: the table is not the one that we made.
            throw Refusal(cause: .damaged(sequence: nil, detail: String(describing: error)))
        }
    }
}
