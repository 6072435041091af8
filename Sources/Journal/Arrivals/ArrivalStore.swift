import Failover
import GRDB

/// What has come through the webhook, in an SQLite file of its own: the journal's file takes records only,
/// and a stranger must not be able to hold up an append.
public final class ArrivalStore: Arrivals {
    /// Only genuine messages get here, and SNS takes hours to send as many alarms; when there are more,
    /// something is wrong and nothing more is taken.
    public static let limit = 50_000

    public let path: String
    private let queue: DatabaseQueue

    /// Opens the file, and creates it where it is missing (mode 0600; its folder must exist). Whoever holds
    /// the journal's lock is the only one who uses it.
    public init(path: String) throws(JournalError) {
        self.path = path
        queue = try JournalError.naming(.open, path) {
            let place = try JournalPath(path)
            if !place.exists { try place.create() }
            var configuration = GRDB.Configuration()
            configuration.label = "drctl webhook"
            configuration.busyMode = .timeout(2)
            return try Refusal.wrapping {
                let queue = try DatabaseQueue(path: place.database, configuration: configuration)
                try queue.writeWithoutTransaction { database in
                    // FULL: what was answered with 200 is not sent again.
                    try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
                    try database.execute(
                        sql: """
                            CREATE TABLE IF NOT EXISTS arrival (
                                id TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, because TEXT NOT NULL,
                                workloads TEXT NOT NULL, settled INTEGER NOT NULL DEFAULT 0
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX IF NOT EXISTS arrival_by_time ON arrival (settled, at_ms);
                            """)
                }
                return queue
            }
        }
    }

    /// Durable when it returns. False when one with its id has been there before.
    public func enter(_ arrival: Arrival) throws(JournalError) -> Bool {
        try JournalError.naming(.append, path) {
            try Refusal.wrapping {
                try queue.write { database in
                    let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM arrival") ?? 0
                    guard count < Self.limit else {
                        throw Refusal(cause: .other(detail: "\(count) messages are kept already"))
                    }
                    try database.execute(
                        sql: """
                            INSERT INTO arrival (id, at_ms, because, workloads) VALUES (?, ?, ?, ?)
                            ON CONFLICT (id) DO NOTHING
                            """,
                        arguments: [
                            arrival.id, arrival.at.milliseconds, arrival.because,
                            arrival.workloads.map(\.rawValue).joined(separator: ","),
                        ])
                    return database.changesCount == 1
                }
            }
        }
    }

    /// The oldest first.
    public func pending(atMost limit: Int) throws(JournalError) -> [Arrival] {
        try JournalError.naming(.read, path) {
            try Refusal.wrapping {
                try queue.read { database in
                    try Row.fetchAll(
                        database,
                        sql: """
                            SELECT id, at_ms, because, workloads FROM arrival
                            WHERE settled = 0 ORDER BY at_ms, id LIMIT ?
                            """, arguments: [limit]
                    ).map { row in
                        Arrival(
                            id: try row.decode(atIndex: 0),
                            at: Timestamp(milliseconds: try row.decode(atIndex: 1)),
                            because: try row.decode(atIndex: 2),
                            workloads: try row.decode(String.self, atIndex: 3).split(separator: ",")
                                .map { WorkloadID(String($0)) })
                    }
                }
            }
        }
    }

    public func settle(_ ids: [String]) throws(JournalError) {
        try JournalError.naming(.append, path) {
            try Refusal.wrapping {
                try queue.write { database in
                    for id in ids {
                        try database.execute(
                            sql: "UPDATE arrival SET settled = 1 WHERE id = ?", arguments: [id])
                    }
                }
            }
        }
    }

    /// Takes out what is settled and older.
    public func forget(before time: Timestamp) throws(JournalError) {
        try JournalError.naming(.append, path) {
            try Refusal.wrapping {
                try queue.write { database in
                    try database.execute(
                        sql: "DELETE FROM arrival WHERE settled = 1 AND at_ms < ?",
                        arguments: [time.milliseconds])
                }
            }
        }
    }
}
