import Foundation

/// journald's own protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL): one datagram an entry, so that
/// `journalctl DRCTL_WORKLOAD=payments` finds what concerns one workload.
struct JournaldEntry {
    let entry: LogEntry

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        append("MESSAGE", entry.message, to: &bytes)
        append("PRIORITY", "\(entry.priority)", to: &bytes)
        append("SYSLOG_IDENTIFIER", "drctl", to: &bytes)
        append("DRCTL_LOGGER", entry.label, to: &bytes)
        for (name, value) in entry.fields { append("DRCTL_" + Self.fieldName(name), value, to: &bytes) }
        return bytes
    }

    /// With its length in front, which no line break in a value can end.
    private func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
        let value = Array(value.utf8)
        bytes += Array(name.utf8) + [UInt8(ascii: "\n")]
        withUnsafeBytes(of: UInt64(value.count).littleEndian) { bytes += $0 }
        bytes += value + [UInt8(ascii: "\n")]
    }

    /// journald takes A to Z, 0 to 9 and the underscore.
    private static func fieldName(_ name: String) -> String {
        String(name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}

/// Its socket. `DRCTL_JOURNALD_SOCKET` names another one, for tests.
final class JournaldSocket: Sendable {
    private let descriptor: Int32

    init?() {
        let path =
            ProcessInfo.processInfo.environment["DRCTL_JOURNALD_SOCKET"] ?? "/run/systemd/journal/socket"
        guard let descriptor = connectedDatagramSocket(path) else { return nil }
        self.descriptor = descriptor
    }

    /// False when it was not taken, as one that is too long for a datagram is not. Never waits: the log must
    /// not hold up a decision.
    func send(_ bytes: [UInt8]) -> Bool {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        return Foundation.send(descriptor, bytes, bytes.count, flags) == bytes.count
    }

    deinit { close(descriptor) }
}
