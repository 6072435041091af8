#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The operating system's lock on `<journal>.lock`, which one process at a time can have.
///
/// An open-file-description lock: the kernel lets go of it when the process ends in whatever way, and unlike
/// a plain POSIX lock it is not lost when some other part of the process closes the same file. The file
/// stays: taking it away would let two processes lock two different files of the same name.
final class JournalLock: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit {
        // Closing alone would leave the lock with a child process that has been forked but has not yet begun
        // to run another program: until then it shares the description.
        var request = Self.wholeFile(Int16(F_UNLCK))
        _ = fcntl(descriptor, LockCommand.set, &request)
        close(descriptor)
    }

    static func take(path: String, holder: LockHolder) throws(Refusal) -> JournalLock {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Refusal(cause: SystemFault.cause(errno, path)) }
        FolderOwner.give(descriptor, at: path)
        var request = wholeFile(Int16(F_WRLCK))
        guard fcntl(descriptor, LockCommand.set, &request) == 0 else {
            let fault = errno
            defer { close(descriptor) }
            guard fault == EAGAIN || fault == EACCES else {
                throw Refusal(cause: .fileSystemUnfit(detail: "no lock: \(SystemFault.text(fault))"))
            }
            throw Refusal(cause: .inUse(holder: readHolder(descriptor)))
        }
        let lock = JournalLock(descriptor: descriptor)
        try lock.write(holder)
        return lock
    }

    /// Who has the lock right now; nil when nobody has. Takes no lock, so it cannot get in a starting
    /// service's way.
    static func holder(path: String) -> Holding {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .free }
        defer { close(descriptor) }
        var request = wholeFile(Int16(F_RDLCK))
        guard fcntl(descriptor, LockCommand.get, &request) == 0, request.l_type != Int16(F_UNLCK) else {
            return .free
        }
        return .held(by: readHolder(descriptor))
    }

    enum Holding: Equatable {
        case free
        case held(by: LockHolder?)
    }

    private func write(_ holder: LockHolder) throws(Refusal) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let text = try? encoder.encode(holder) else {
            throw Refusal(cause: .other(detail: "the lock holder has no JSON form"))
        }
        let bytes = [UInt8](text) + [0x0a]
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
            throw Refusal(cause: SystemFault.cause(errno, "lock file"))
        }
    }

    private static func readHolder(_ descriptor: Int32) -> LockHolder? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return try? JSONDecoder().decode(LockHolder.self, from: Data(bytes.prefix(count)))
    }

    private static func wholeFile(_ type: Int16) -> flock {
        var request = flock()
        request.l_type = type
        request.l_whence = Int16(SEEK_SET)
        return request
    }
}

/// `F_OFD_GETLK` and `F_OFD_SETLK` of Linux, which the C library only shows to those who ask for GNU
/// extensions.
private enum LockCommand {
    static let get: Int32 = 36
    static let set: Int32 = 37
}
