import Journal

/// Could this user write the journal, and does somebody else?
struct JournalCheck {
    var path: String
    var folder: String
    var folderExists: Bool
    var exists: Bool
    var isWritable: Bool
    /// Why it could not be read.
    var fault: String?
    var records: Int
    var holder: LockHolder?
    var serviceAnswers: Bool

    var finding: Finding {
        let name = "journal"
        guard folderExists else {
            return .fail(
                name, "the folder \(folder) does not exist: create it, owned by the user that runs drctl")
        }
        if let holder {
            let who = "\(holder.name) (pid \(holder.pid) on \(holder.host), since \(holder.since))"
            guard serviceAnswers else {
                return .fail(
                    name,
                    "\(path) is in use by \(who), which does not answer on the socket: stop it, or give its "
                        + "socket with --socket")
            }
            return .ok(name, "\(path) is in use by \(who)")
        }
        if let fault { return .fail(name, fault) }
        guard isWritable else {
            return .fail(
                name, "\(path) cannot be written: run doctor as the user that runs drctl, or give it the file"
            )
        }
        return .ok(
            name,
            exists ? "\(path) reads well, \(records) records" : "\(path) does not exist yet; it can be made")
    }
}
