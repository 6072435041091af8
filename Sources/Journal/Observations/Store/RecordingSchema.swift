import GRDB

/// The tables of a recording.
enum RecordingSchema {
    /// `PRAGMA user_version`.
    static let version = 1

    /// `PRAGMA application_id`: "drco" in ASCII.
    static let applicationID = 0x6472_636f

    /// Makes the tables of a new recording; leaves an existing one as it is.
    static func prepare(_ database: GRDB.Database) throws {
        guard try check(database) == 0 else { return }
        // Only an empty file can still be told to give room back.
        try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
        try database.inTransaction(.immediate) {
            try database.execute(sql: tables)
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: "PRAGMA user_version = \(version)")
            return .commit
        }
    }

    /// The version found; 0 for an empty file. Refuses anything else.
    @discardableResult
    static func check(_ database: GRDB.Database) throws -> Int {
        let mark = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if mark == applicationID {
            guard found <= version else { throw Refusal(cause: .newerSchema(found: found, known: version)) }
            return found
        }
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        guard mark == 0, found == 0, tables == 0 else {
            throw Refusal(cause: .notAJournal(detail: "an SQLite database of something else"))
        }
        return 0
    }

    /// `seen_ms`: until when the session's observations are in the file. `lost`: observations that were seen
    /// and could not be kept. A block's `digest` is the first eight bytes of its body's SHA-256.
    private static let tables = """
        CREATE TABLE session (
            id INTEGER PRIMARY KEY,
            started_ms INTEGER NOT NULL,
            seen_ms INTEGER NOT NULL,
            lost INTEGER NOT NULL,
            body TEXT NOT NULL CHECK (json_valid(body))
        ) STRICT;
        CREATE TABLE template (
            id INTEGER PRIMARY KEY,
            used_ms INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        CREATE TABLE block (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL,
            workload TEXT NOT NULL,
            first_ms INTEGER NOT NULL,
            last_ms INTEGER NOT NULL,
            observations INTEGER NOT NULL,
            body BLOB NOT NULL,
            digest INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX block_time ON block (session, first_ms);
        """
}
