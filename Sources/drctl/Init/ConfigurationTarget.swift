import Foundation

/// Where a new configuration goes. What is there already is somebody's work.
struct ConfigurationTarget {
    let path: String
    let replaces: Bool

    func check() throws {
        guard replaces || !FileManager.default.fileExists(atPath: path) else { throw exists }
    }

    /// Whole or not at all: beside it first, then in its place.
    func write(_ text: String) throws {
        // Through a link: the file that it leads to is what is replaced.
        let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let draft = "\(path).new-\(getpid())"
        let handle = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        guard handle >= 0 else { throw failed }
        defer { unlink(draft) }
        let file = FileHandle(fileDescriptor: handle, closeOnDealloc: true)
        var old = stat()
        if replaces, stat(path, &old) == 0 {
            // Who may read it stays as it was; only root can give a file to somebody else.
            _ = fchown(handle, old.st_uid, old.st_gid)
            guard fchmod(handle, old.st_mode & 0o777) == 0 else { throw failed }
        }
        do {
            try file.write(contentsOf: Data(text.utf8))
            try file.synchronize()
        } catch {
            throw Failure(.failed, "\(path) cannot be written: \(systemReason(error))")
        }
        if replaces {
            guard rename(draft, path) == 0 else { throw failed }
        } else {
            // Unlike rename, link refuses a file that has appeared meanwhile.
            guard link(draft, path) == 0 else { throw errno == EEXIST ? exists : failed }
        }
    }

    private var exists: Failure {
        Failure(.usage, "\(path) exists and is left as it is; choose another --output, or add --force")
    }

    private var failed: Failure {
        Failure(.failed, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}

/// What the system says is wrong, without Foundation's wrapping.
func systemReason(_ error: any Error) -> String {
    let outer = error as NSError
    let cause = outer.userInfo[NSUnderlyingErrorKey] as? NSError ?? outer
    return cause.domain == NSPOSIXErrorDomain
        ? String(cString: strerror(Int32(cause.code))) : outer.localizedDescription
}
