import Failover
import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What was observed, in an SQLite file of its own beside the journal. Nothing is decided from it, so it may
/// be pruned, lost or thrown away.
public final class Recording: Sendable {
    public let path: String
    let queue: DatabaseQueue

    init(path: String, queue: DatabaseQueue) {
        self.path = path
        self.queue = queue
    }

    /// Opens the recording for writing, and creates it where it is missing (mode 0600; its folder must
    /// exist). There is no lock: whoever holds the journal's lock is the one who records.
    public static func open(path: String) throws(RecordingError) -> Recording {
        try RecordingError.naming(.open, path) {
            let place = try JournalPath(path)
            if !place.exists { try place.create() }
            var configuration = GRDB.Configuration()
            configuration.label = "drctl recording"
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: place.database, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                // Before anything is written: the file may be somebody else's.
                try RecordingSchema.check(database)
                // NORMAL: a power cut may take back the last minutes; the file stays whole.
                try database.execute(
                    sql: """
                        PRAGMA journal_size_limit = 4194304;
                        PRAGMA synchronous = NORMAL;
                        """)
                try RecordingSchema.prepare(database)
                _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            }
            return Recording(path: path, queue: queue)
        }
    }

    /// Opens a recording for reading only, whether or not a service writes it. Never creates one.
    public static func openReadOnly(path: String) throws(RecordingError) -> Recording {
        try RecordingError.naming(.open, path) {
            let place = try existing(path)
            guard place.exists else { throw Refusal(cause: .missing) }
            var configuration = GRDB.Configuration()
            configuration.label = "drctl recording, reading"
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: place.database, configuration: configuration)
            try queue.read { database in
                guard try RecordingSchema.check(database) > 0 else {
                    throw Refusal(cause: .notAJournal(detail: "an empty file"))
                }
            }
            return Recording(path: path, queue: queue)
        }
    }

    /// A reader is told that the recording is missing, not how to make a folder for one.
    private static func existing(_ path: String) throws(Refusal) -> JournalPath {
        do {
            return try JournalPath(path)
        } catch {
            if case .folderMissing = error.cause { throw Refusal(cause: .missing) }
            throw error
        }
    }

    /// Afterwards nothing can be read or written.
    public func close() {
        // What a failed close leaves behind, the next opening takes up.
        try? queue.close()
    }
}
