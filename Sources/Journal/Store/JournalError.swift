/// What went wrong with the journal: what was tried, on which file, why, and what to do.
public struct JournalError: Error, Sendable, Equatable {
    public var attempt: Attempt
    /// As given to `open`; `MemoryJournal` has the path `memory`.
    public var path: String
    public var cause: Cause

    public enum Attempt: String, Sendable {
        case open, append, read
        /// Holding the lease, where several hosts share a journal.
        case lease
    }

    public enum Cause: Sendable, Equatable {
        /// There is no journal at the path (read-only opening; it never creates one).
        case missing
        /// The folder in which the journal should be does not exist.
        case folderMissing(folder: String)
        /// The operating system or SQLite refuses the file.
        case refused(detail: String)
        case notWritable(detail: String)
        case diskFull
        /// Another process holds it. Nil when that process has not said who it is.
        case inUse(holder: LockHolder?)
        /// The file system has no locks, or no shared memory, which the journal cannot do without.
        case fileSystemUnfit(detail: String)
        case notAJournal(detail: String)
        /// The file or the chain is broken; at `sequence` where that is known.
        case damaged(sequence: Int64?, detail: String)
        case newerSchema(found: Int, known: Int)
        /// A record that this version does not understand. It is never skipped: what it says may be what
        /// matters.
        case undecodable(sequence: Int64, detail: String)
        /// The record at `index` of the batch has no JSON form (a number that is not finite) or is too large.
        case unencodable(index: Int, detail: String)
        /// The table itself refuses: append-only, or the next number only.
        case forbidden(detail: String)
        case readOnly
        /// Another process kept the file locked for longer than the journal waits.
        case busy
        /// The disk failed while reading or writing.
        case inputOutput(detail: String)
        /// An earlier append failed in such a way that nobody knows what is on the disk.
        case unsettled(detail: String)
        /// The shared table gave no answer that tells whether what was asked for took place.
        case inDoubt(detail: String)
        /// The shared table gives no answer; nothing was written.
        case unreachable(detail: String)
        /// The shared table is refused to these credentials, or is not there.
        case denied(detail: String)
        /// Another host holds the lease under a newer epoch.
        case fenced(epoch: Int)
        case closed
        /// The reader of a replay stopped it with an error.
        case stopped(sequence: Int64, detail: String)
        case other(detail: String)
    }

    public init(attempt: Attempt, path: String, cause: Cause) {
        self.attempt = attempt
        self.path = path
        self.cause = cause
    }

    /// True when the call left nothing behind, so that repeating it (once the cause is gone) cannot write
    /// twice.
    public var retryIsSafe: Bool {
        guard attempt == .append else { return true }
        return switch cause {
        case .inputOutput, .unsettled, .inDoubt, .damaged, .other: false
        default: true
        }
    }
}
