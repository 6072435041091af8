extension JournalError: CustomStringConvertible {
    /// One line for people: what, on which file, why, and what to do next.
    public var description: String {
        switch attempt {
        case .open, .read: "the journal \(path) \(cause.sentence)"
        case .lease: "the lease in \(path) \(cause.sentence)"
        case .append:
            "nothing may be done that is not written down, and the journal \(path) \(cause.sentence)"
        }
    }
}

extension JournalError.Cause {
    /// Continues "the journal <path> ...".
    fileprivate var sentence: String {
        switch self {
        case .missing:
            "does not exist: check the path; `drctl serve` creates it on its first start"
        case .folderMissing(let folder):
            "cannot be created, because the folder \(folder) does not exist: create it, owned by the user "
                + "that runs drctl"
        case .refused(let detail):
            "cannot be opened (\(detail)): check the path, and run drctl as the user that owns it, or "
                + "read a copy"
        case .notWritable(let detail):
            "cannot be written (\(detail)): let the user that runs drctl write the file and its "
                + "folder"
        case .diskFull:
            "has no room on its disk: free some space, then try again; nothing of this batch was recorded"
        case .inUse(let holder):
            "is in use by \(holder?.text ?? "another process"); use that service, or stop it first"
        case .fileSystemUnfit(let detail):
            "is on a file system that cannot carry it (\(detail)): move it to a local disk"
        case .notAJournal(let detail):
            "is not a journal of drctl (\(detail)): check the path; the file was left as it is"
        case .damaged(let sequence, let detail):
            "is damaged\(sequence.map { " at record \($0)" } ?? "") (\(detail)): keep a copy of it, find out "
                + "who or what changed it, and restore the last good copy before drctl may act again"
        case .newerSchema(let found, let known):
            "was written by a newer drctl (schema \(found), this one knows \(known)): use that version"
        case .undecodable(let sequence, let detail):
            "has a record that this drctl does not understand, number \(sequence) (\(detail)): use the "
                + "version that wrote it"
        case .unencodable(let index, let detail):
            "cannot take record \(index + 1) of the batch (\(detail)); nothing of this batch was recorded"
        case .forbidden(let detail):
            "refuses the change (\(detail)): it only ever grows"
        case .readOnly:
            "is open for reading only"
        case .busy:
            "stayed locked by another process: end whatever else reads or copies it, then try again"
        case .inputOutput(let detail):
            "cannot be read or written, because the disk fails (\(detail)): look at the system log, then "
                + "start drctl again so that it reads what is really there"
        case .unsettled(let detail):
            "takes nothing more since an earlier failure (\(detail)): start drctl again so that it reads "
                + "what is really there"
        case .inDoubt(let detail):
            "gave no answer that tells whether it was done (\(detail)): drctl reads what is really there "
                + "before it goes on; there is nothing to start again"
        case .unreachable(let detail):
            "cannot be reached (\(detail)): look at the network, and at DynamoDB in that Region"
        case .denied(let detail):
            "is not there, or not for these credentials (\(detail)): docs/hosts.md says how the table is "
                + "made and docs/iam.md which permissions drctl needs"
        case .fenced(let epoch):
            "takes nothing more from this host under epoch \(epoch): another one holds the lease"
        case .closed:
            "is closed"
        case .stopped(let sequence, let detail):
            "was not read beyond record \(sequence) (\(detail))"
        case .other(let detail):
            "failed (\(detail))"
        }
    }
}
