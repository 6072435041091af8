#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Where a journal is, without symbolic links, so that two names of one file share one lock.
///
/// It only ever asks for names and properties. Opening and closing the database file here would drop SQLite's
/// POSIX locks on it, wherever in this process they are held.
struct JournalPath {
    /// As given.
    let text: String
    let database: String
    let exists: Bool
    var lock: String { database + ".lock" }

    init(_ text: String) throws(Refusal) {
        self.text = text
        guard !text.isEmpty, !text.hasSuffix("/"), !text.utf8.contains(0) else {
            throw Refusal(cause: .refused(detail: "not the path of a file"))
        }
        if let resolved = Self.resolve(text) {
            database = resolved
            exists = true
        } else {
            let slash = text.lastIndex(of: "/")
            let folder = slash.map { $0 == text.startIndex ? "/" : String(text[..<$0]) } ?? "."
            guard let resolved = Self.resolve(folder) else {
                throw Refusal(cause: Self.folderCause(errno, folder))
            }
            let name = slash.map { text[text.index(after: $0)...] } ?? text[...]
            database = resolved + (resolved == "/" ? "" : "/") + name
            exists = false
        }
        try refuseAnythingButFiles()
    }

    /// Makes the empty file, for its owner alone. Another one's file is left as it is.
    func create() throws(Refusal) {
        let descriptor = open(database, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let fault = errno
            if fault == EEXIST { return }
            throw Refusal(cause: SystemFault.cause(fault, text))
        }
        FolderOwner.give(descriptor, at: database)
        close(descriptor)
    }

    private func refuseAnythingButFiles() throws(Refusal) {
        var status = stat()
        if exists, stat(database, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw Refusal(cause: .refused(detail: "not a file"))
        }
    }

    private static func folderCause(_ number: Int32, _ folder: String) -> JournalError.Cause {
        number == ENOENT || number == ENOTDIR
            ? .folderMissing(folder: folder) : SystemFault.cause(number, folder)
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
