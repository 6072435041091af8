import Failover
import GRDB

/// The tables, and how a journal of an older version becomes one of this version.
enum Schema {
    /// `PRAGMA user_version`, the newest that is understood. Goes up with every change of the tables and with
    /// every new case of `Event` or of a plan's `Action`, so that an older drctl refuses the file at once
    /// instead of in the middle of a replay.
    static let version = 3

    /// What every journal is brought to when it is opened for writing. A file gets a later version with the
    /// first record that needs it (see `Event.schema`): until then the package before can be put back.
    static let baseline = 2

    /// `PRAGMA application_id`: "drct" in ASCII. Tells a journal from any other SQLite file.
    static let applicationID = 0x6472_6374

    /// Brings a new or older journal to `baseline`. One transaction: it is either done or has not begun.
    static func migrate(_ database: GRDB.Database) throws {
        let found = try check(database, isNewAllowed: true)
        guard found < baseline else { return }
        try database.inTransaction(.immediate) {
            for step in migrations[found...] { try database.execute(sql: step) }
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: "PRAGMA user_version = \(baseline)")
            return .commit
        }
    }

    /// Lets the file say what its records need. In the transaction that inserts them.
    static func raise(_ database: GRDB.Database, for records: [Failover.Record]) throws {
        let needed = records.map(\.event.schema).max() ?? baseline
        guard needed > baseline else { return }
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if found < needed { try database.execute(sql: "PRAGMA user_version = \(needed)") }
    }

    /// Refuses what is not a journal, or one of a newer version. Returns the version; 0 for an empty file.
    @discardableResult
    static func check(_ database: GRDB.Database, isNewAllowed: Bool) throws -> Int {
        let mark = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if mark != applicationID {
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            guard mark == 0, found == 0, tables == 0 else {
                throw Refusal(cause: .notAJournal(detail: "an SQLite database of something else"))
            }
            guard isNewAllowed else { throw Refusal(cause: .notAJournal(detail: "an empty file")) }
            return 0
        }
        guard found <= version else { throw Refusal(cause: .newerSchema(found: found, known: version)) }
        guard found >= 1 else {
            throw Refusal(cause: .damaged(sequence: nil, detail: "schema version \(found)"))
        }
        // The tables have been the same since the first version: a reader takes them all.
        return found
    }

    /// From version n to n + 1, up to `baseline`. Never edited once released; only added to.
    private static let migrations = [first, nudgesLedgersAndRewoundPlans]

    /// New kinds of records, and the same tables.
    private static let nudgesLedgersAndRewoundPlans = "SELECT 2"

    /// `body` is the whole record; the other columns repeat parts of it for queries by people, and are
    /// compared with it whenever a row is read. `BEFORE INSERT` also stops `INSERT OR REPLACE`, which deletes
    /// without firing the delete trigger.
    private static let first = """
        CREATE TABLE record (
            sequence INTEGER PRIMARY KEY,
            at_ms INTEGER NOT NULL,
            workload TEXT,
            epoch INTEGER NOT NULL,
            kind TEXT NOT NULL,
            rule TEXT,
            body TEXT NOT NULL CHECK (json_valid(body)),
            digest BLOB NOT NULL CHECK (length(digest) = 32)
        ) STRICT;
        CREATE INDEX record_workload ON record (workload, sequence);
        CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record BEGIN
            SELECT RAISE (ABORT, 'a record is never changed');
        END;
        CREATE TRIGGER record_is_never_deleted BEFORE DELETE ON record BEGIN
            SELECT RAISE (ABORT, 'a record is never deleted');
        END;
        CREATE TRIGGER record_comes_last BEFORE INSERT ON record
        WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM record) BEGIN
            SELECT RAISE (ABORT, 'a record only ever comes after the last one');
        END;
        """
}
