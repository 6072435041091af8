import Failover
import Glibc

/// A password. It shows itself to nobody who prints it.
struct SQLPassword: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let text: String

    var description: String { "(password)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }

    /// What is wrong with its file, and how to put it right.
    struct Fault: Error, Equatable {
        var text: String
    }

    /// Longer than any password of RDS (128 bytes).
    private static let maxBytes = 1024

    init(_ text: String) { self.text = text }

    /// Reads the file: one line, of which a final newline is no part. As libpq does with private keys, it
    /// takes a file of our own that nobody else may touch, or one of root's that a group may read as well.
    init(file path: String) throws(Fault) {
        // Not blocking: a pipe in the file's place would hold up the caller for good.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Fault(text: "password_file \(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Fault(text: "password_file \(path) is not a file")
        }
        try Self.check(path, status)
        var bytes = [UInt8](repeating: 0, count: Self.maxBytes + 2)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0 else {
            throw Fault(text: "password_file \(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        var line = bytes.prefix(count)
        if line.last == UInt8(ascii: "\n") { line.removeLast() }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard !line.isEmpty else { throw Fault(text: "password_file \(path) is empty") }
        let isText = !line.contains { $0 == 0 || $0 == UInt8(ascii: "\n") }
        guard line.count <= Self.maxBytes, isText, let text = String(validating: line, as: UTF8.self) else {
            throw Fault(
                text: "password_file \(path) is not one line of at most \(Self.maxBytes) bytes of UTF-8")
        }
        self.text = text
    }

    private static func check(_ path: String, _ status: stat) throws(Fault) {
        let advice = "make it 0600 and drctl's own, or 0640 and root's with drctl's group"
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw Fault(text: "password_file \(path) belongs to user \(status.st_uid): \(advice)")
        }
        let mode = status.st_mode & 0o777
        let forbidden: mode_t = status.st_uid == 0 ? 0o037 : 0o077
        guard mode & forbidden == 0 else {
            let shown = String(mode, radix: 8)
            throw Fault(text: "password_file \(path) can be read or changed by others (0\(shown)): \(advice)")
        }
    }
}
