import Failover
import Glibc

/// A routing key, a URL with a token, a password. It shows itself to nobody who prints it.
struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let text: String

    init(_ text: String) { self.text = text }

    var description: String { "(secret)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where a secret stands: a file with one line. It is read anew for each message, so that a changed one
/// counts at once and none is kept.
public struct SecretFile: Sendable, Equatable {
    /// What is wrong with the file, and how to put it right.
    struct Fault: Error, Equatable {
        var text: String
    }

    /// As config.yaml has it: an absolute path, `${CREDENTIALS_DIRECTORY}/NAME`, or a bare name, which means
    /// the same.
    var place: String
    /// Where systemd has put the service's credentials; nil when it has given none.
    var credentials: String?

    private static let maxBytes = 4096
    private static let prefix = "${CREDENTIALS_DIRECTORY}/"

    public init(_ place: String, credentials: String?) {
        self.place = place
        self.credentials = credentials
    }

    /// What is wrong with it; nil when it can be read.
    public var fault: String? {
        do throws(Fault) { _ = try read() } catch { return error.text }
        return nil
    }

    func path() throws(Fault) -> String {
        guard !place.hasPrefix("/") else { return place }
        let name = place.hasPrefix(Self.prefix) ? String(place.dropFirst(Self.prefix.count)) : place
        guard let credentials, !credentials.isEmpty else {
            throw Fault(
                text:
                    "systemd has given no credential \(name): write LoadCredential=\(name):FILE into the unit"
            )
        }
        return "\(credentials)/\(name)"
    }

    /// As libpq does with private keys, it takes a file of our own that nobody else may touch, or one of
    /// root's that a group may read as well.
    func read() throws(Fault) -> Secret {
        let path = try path()
        // Not blocking: a pipe in the file's place would hold up the caller for good.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Fault(text: "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Fault(text: "\(path) is not a file")
        }
        try Self.check(path, status)
        var bytes = [UInt8](repeating: 0, count: Self.maxBytes + 2)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else {
            throw Fault(text: "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        var line = bytes.prefix(count)
        if line.last == UInt8(ascii: "\n") { line.removeLast() }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        let isLine = (1...Self.maxBytes).contains(line.count) && !line.contains { $0 < 0x20 }
        guard isLine, let text = String(validating: line, as: UTF8.self) else {
            throw Fault(text: "\(path) must hold one line of at most \(Self.maxBytes) bytes of UTF-8")
        }
        return Secret(text)
    }

    private static func check(_ path: String, _ status: stat) throws(Fault) {
        let advice = "make it 0600 and drctl's own, or 0640 and root's with drctl's group"
        // Root reads what is drctl's, as for `drctl notify test`.
        guard status.st_uid == geteuid() || status.st_uid == 0 || geteuid() == 0 else {
            throw Fault(text: "\(path) belongs to user \(status.st_uid): \(advice)")
        }
        let mode = status.st_mode & 0o777
        // The access list with which systemd lets a service read its credentials shows as group bits, too.
        let forbidden: mode_t = status.st_uid == 0 ? 0o037 : 0o077
        guard mode & forbidden == 0 else {
            let shown = String(mode, radix: 8)
            throw Fault(text: "\(path) can be read or changed by others (0\(shown)): \(advice)")
        }
    }
}

extension String {
    /// Without any of the secrets, wherever they stand in it: servers quote what they were sent.
    func hiding(_ secrets: [Secret]) -> String {
        secrets.reduce(self) { text, secret in
            secret.text.isEmpty ? text : text.replacing(secret.text, with: "(secret)")
        }
    }
}
