/// What went wrong with a recording: what was tried, on which file, why, and what to do. Repeating is always
/// safe: a recording decides nothing.
public struct RecordingError: Error, Sendable, Equatable {
    public var attempt: Attempt
    public var path: String
    public var cause: Cause

    public enum Attempt: String, Sendable {
        case open, write, read
    }

    public enum Cause: Sendable, Equatable {
        /// There is no recording at the path (reading only; it is never created for that).
        case missing
        /// The folder in which it should be does not exist.
        case folderMissing(folder: String)
        /// The operating system or SQLite refuses the file.
        case refused(detail: String)
        case diskFull
        case notARecording(detail: String)
        case newerSchema(found: Int, known: Int)
        /// A part of the file is not what was written; at `near` where that is known.
        case damaged(near: String?, detail: String)
        /// What reads it stopped with an error.
        case stopped(detail: String)
    }
}

extension RecordingError: CustomStringConvertible {
    /// One line for people: which file, why, and what to do next.
    public var description: String { "the recording \(path) \(cause.sentence)" }
}

extension RecordingError.Cause {
    /// Continues "the recording <path> ...".
    fileprivate var sentence: String {
        switch self {
        case .missing:
            "does not exist: check the path; `drctl serve` creates it when it starts, unless "
                + "controller.recording.keep is 0s"
        case .folderMissing(let folder):
            "cannot be created, because the folder \(folder) does not exist: create it, owned by the user "
                + "that runs drctl"
        case .refused(let detail):
            "cannot be used (\(detail)): let the user that runs drctl read and write the file and its folder"
        case .diskFull: "has no room on its disk: free some space, or lower controller.recording.limit_mib"
        case .notARecording(let detail):
            "is not a recording of drctl (\(detail)): check the path; the file was left as it is"
        case .newerSchema(let found, let known):
            "was written by a newer drctl (schema \(found), this one knows \(known)): use that version"
        case .damaged(let near, let detail):
            "is damaged\(near.map { " near \($0)" } ?? "") (\(detail)): leave that time out with --from and "
                + "--to, or move the file away; drctl serve then begins a new one, and no decision "
                + "depends on it"
        case .stopped(let detail): "was not read to its end (\(detail))"
        }
    }
}

extension RecordingError {
    /// Runs `body` and gives its refusals the file and the attempt.
    static func naming<Value>(
        _ attempt: Attempt, _ path: String, _ body: () throws -> Value
    ) throws(RecordingError) -> Value {
        do {
            return try Refusal.wrapping(body)
        } catch let error as RecordingError {
            throw error
        } catch let refusal as Refusal {
            throw RecordingError(attempt: attempt, path: path, cause: Cause(refusal.cause))
        } catch {
            throw RecordingError(attempt: attempt, path: path, cause: .stopped(detail: "\(error)"))
        }
    }
}

extension RecordingError.Cause {
    /// The journal's words for what SQLite and the file system say.
    fileprivate init(_ cause: JournalError.Cause) {
        switch cause {
        case .missing: self = .missing
        case .folderMissing(let folder): self = .folderMissing(folder: folder)
        case .diskFull: self = .diskFull
        case .notAJournal(let detail): self = .notARecording(detail: detail)
        case .damaged(_, let detail): self = .damaged(near: nil, detail: detail)
        case .newerSchema(let found, let known): self = .newerSchema(found: found, known: known)
        case .refused(let detail), .notWritable(let detail), .fileSystemUnfit(let detail),
            .inputOutput(let detail), .other(let detail), .forbidden(let detail):
            self = .refused(detail: detail)
        case .busy: self = .refused(detail: "another process keeps it locked")
        default: self = .refused(detail: "\(cause)")
        }
    }
}
