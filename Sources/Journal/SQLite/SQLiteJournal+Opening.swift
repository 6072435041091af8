import Failover
import GRDB

extension SQLiteJournal {
    /// Opens the journal for writing and creates it where it is missing (for its owner alone, mode 0600; its
    /// folder must exist). Throws `.inUse` while another process, or another journal object, has it.
    ///
    /// `holder` says what runs, for people (`drctl serve`), and `since` when it started: both go into
    /// `<path>.lock`, for whoever is refused. Checks the whole file, which takes about a second a gigabyte;
    /// the chain is checked by `replay`. `schedule`: runs the appends, where time is simulated; nil: a thread
    /// of the journal's own does.
    public static func open(
        path: String, holder: String, since: Timestamp, schedule: Schedule? = nil
    ) throws(JournalError) -> SQLiteJournal {
        try JournalError.naming(.open, path) {
            let place = try JournalPath(path)
            let lock = try JournalLock.take(path: place.lock, holder: .here(name: holder, since: since))
            if !place.exists { try place.create() }
            let queue = try Refusal.wrapping {
                try DatabaseQueue(path: place.database, configuration: writing)
            }
            try Refusal.wrapping {
                try queue.writeWithoutTransaction { database in
                    // Before anything is written: the file may be somebody else's.
                    try Schema.check(database, isNewAllowed: true)
                    try Self.prove(database)
                    try Self.makeDurable(database)
                    try Schema.migrate(database)
                }
            }
            return SQLiteJournal(path: path, queue: queue, lock: lock, schedule: schedule)
        }
    }

    /// Opens a journal for reading only, whether or not a service has it open. Never creates one, and changes
    /// nothing in it; SQLite may put its `-wal` and `-shm` files beside it, for which the folder must be
    /// writable.
    public static func openReadOnly(path: String) throws(JournalError) -> SQLiteJournal {
        try JournalError.naming(.open, path) {
            let place = try existing(path)
            guard place.exists else { throw Refusal(cause: .missing) }
            do {
                return try Refusal.wrapping {
                    let queue = try DatabaseQueue(path: place.database, configuration: reading)
                    try queue.read { _ = try Schema.check($0, isNewAllowed: false) }
                    return SQLiteJournal(path: path, queue: queue, lock: nil)
                }
            } catch let refusal as Refusal {
                guard case .notWritable(let detail) = refusal.cause else { throw refusal }
                // A reader is not asked to gain the right to write the journal.
                throw Refusal(
                    cause: .refused(detail: "reading it needs a folder in which files can be made: \(detail)")
                )
            }
        }
    }

    /// Who has the journal open for writing right now; nil when nobody has. Takes nothing and creates
    /// nothing.
    public static func holder(path: String) -> LockHolder? {
        guard let place = try? JournalPath(path),
            case .held(let holder) = JournalLock.holder(path: place.lock)
        else { return nil }
        return holder
    }

    /// A reader is told that the journal is missing, not how to make a folder for one.
    private static func existing(_ path: String) throws(Refusal) -> JournalPath {
        do {
            return try JournalPath(path)
        } catch {
            if case .folderMissing = error.cause { throw Refusal(cause: .missing) }
            throw error
        }
    }

    private static var writing: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "drctl journal"
        // Readers hold a WAL database for moments only (recovery, checkpoint at close).
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            // FULL, not NORMAL: with NORMAL a power cut takes back the last appends, and a step may have been
            // started on the strength of one of them. fullfsync: where fsync alone does not reach the disk
            // (macOS).
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA fullfsync = ON;
                    PRAGMA checkpoint_fullfsync = ON;
                    PRAGMA cell_size_check = ON;
                    """)
        }
        return configuration
    }

    private static var reading: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "drctl journal, reading"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return configuration
    }

    /// GRDB's own WAL setting is not used: it lowers `synchronous` to NORMAL, and it would be made before the
    /// file is known to be a journal.
    private static func makeDurable(_ database: GRDB.Database) throws {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw Refusal(cause: .fileSystemUnfit(detail: "no write-ahead log: \(mode ?? "no answer")"))
        }
        let level = try Int.fetchOne(database, sql: "PRAGMA synchronous")
        guard level == 2 else {
            throw Refusal(cause: .other(detail: "synchronous is \(level ?? -1), not 2 (FULL)"))
        }
    }

    /// SQLite's own check of the pages. Unlike `integrity_check` it does not compare the index with the
    /// table.
    private static func prove(_ database: GRDB.Database) throws {
        let answer = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "no answer"
        guard answer == "ok" else { throw Refusal(cause: .damaged(sequence: nil, detail: answer)) }
    }
}
