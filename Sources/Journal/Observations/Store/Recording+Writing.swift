import Failover
import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How much a recording keeps.
public struct RecordingBounds: Sendable, Equatable {
    /// What is older is taken out.
    public var keep: Duration
    /// Bytes that the file may hold; the oldest hours are taken out first. The write-ahead log beside it
    /// takes up to 4 MiB more.
    public var bytes: Int64

    public init(keep: Duration, bytes: Int64) {
        self.keep = keep
        self.bytes = bytes
    }
}

extension Recording {
    /// Writes a new session down and returns its number.
    func begin(_ session: RecordingSession) throws(RecordingError) -> Int64 {
        try RecordingError.naming(.write, path) {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let body = String(decoding: try encoder.encode(session), as: UTF8.self)
            return try queue.write { database in
                let at = session.startedAt.milliseconds
                try database.execute(
                    sql: "INSERT INTO session (started_ms, seen_ms, lost, body) VALUES (?, ?, 0, ?)",
                    arguments: [at, at, body])
                return database.lastInsertedRowID
            }
        }
    }

    /// Writes blocks, in place of what was written of them before, all or nothing. Returns their numbers, in
    /// order.
    func write(
        _ blocks: [(number: Int64?, block: Block)], session: Int64, seenUntil: Timestamp, lost: Int
    ) throws(RecordingError) -> [Int64] {
        try RecordingError.naming(.write, path) {
            try queue.write { database in
                try database.execute(
                    sql: "UPDATE session SET seen_ms = max(seen_ms, ?), lost = ? WHERE id = ?",
                    arguments: [seenUntil.milliseconds, lost, session])
                return try blocks.map { try Self.write($0.block, as: $0.number, session, database) }
            }
        }
    }

    private static func write(
        _ block: Block, as number: Int64?, _ session: Int64, _ database: GRDB.Database
    ) throws -> Int64 {
        let body = block.bytes
        for template in block.templates {
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO template (id, used_ms, body) VALUES (?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET used_ms = excluded.used_ms
                    WHERE used_ms < excluded.used_ms - 3600000
                    """)
            try statement.execute(arguments: [template.id, block.last.milliseconds, template.text])
        }
        let statement = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO block
                (id, session, workload, first_ms, last_ms, observations, body, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            number, session, block.workload.rawValue, block.first.milliseconds, block.last.milliseconds,
            block.observations, Data(body), digest(of: body),
        ])
        return number ?? database.lastInsertedRowID
    }

    static func digest(of body: [UInt8]) -> Int64 {
        Int64(bitPattern: SHA256.digest(body).prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// Takes out what is older or more than `bounds` allow.
    func prune(to bounds: RecordingBounds, now: Timestamp) throws(RecordingError) {
        try RecordingError.naming(.write, path) {
            try queue.writeWithoutTransaction { database in
                let end = (now - bounds.keep).milliseconds
                try Self.takeOut("last_ms < \(end)", until: end, database)
                while try Self.size(database) > bounds.bytes {
                    // A twentieth at a time: pruning must not be a matter of every hour.
                    let oldest = """
                        id IN (SELECT id FROM block ORDER BY id
                            LIMIT (SELECT count(*) / 20 + 1 FROM block))
                        """
                    guard try Self.takeOut(oldest, until: end, database) > 0 else { break }
                }
                try database.execute(sql: "PRAGMA incremental_vacuum")
            }
        }
    }

    /// Takes blocks out, with what only they needed; returns how many.
    @discardableResult
    private static func takeOut(
        _ condition: String, until end: Int64, _ database: GRDB.Database
    ) throws -> Int {
        try database.execute(sql: "DELETE FROM block WHERE \(condition)")
        let count = database.changesCount
        // A template's time is that of its newest use, told to within an hour.
        try database.execute(
            sql: """
                DELETE FROM template WHERE used_ms + 7200000 <
                    (SELECT coalesce(min(first_ms), \(Int64.max)) FROM block);
                DELETE FROM session WHERE seen_ms < \(end) AND id NOT IN (SELECT session FROM block);
                """)
        return count
    }

    /// Bytes in use, without the pages that are free.
    private static func size(_ database: GRDB.Database) throws -> Int64 {
        let page = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 4096
        let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let free = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        return (pages - free) * page
    }
}
