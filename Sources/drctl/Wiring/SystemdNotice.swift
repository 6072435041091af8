import Foundation

/// The service manager's notification protocol (sd_notify(3)): one datagram to the socket in `NOTIFY_SOCKET`.
enum SystemdNotice {
    /// In use and at work; `status` is what `systemctl status` shows until the next one, and nothing clears
    /// an older one.
    static func ready(_ status: String = "") { send("READY=1\nSTATUS=\(status)") }

    /// Does nothing when not started by systemd; a failure to tell must not end the service.
    static func send(_ state: String) {
        guard let path = ProcessInfo.processInfo.environment["NOTIFY_SOCKET"], !path.isEmpty,
            let descriptor = connectedDatagramSocket(path)
        else { return }
        defer { close(descriptor) }
        _ = state.withCString { Foundation.send(descriptor, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
    }
}

/// A Unix datagram socket that is connected to `path`; nil when there is nobody. A name that begins with @ is
/// in the abstract namespace, whose names begin with a zero byte.
func connectedDatagramSocket(_ path: String) -> Int32? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    if name.first == UInt8(ascii: "@") { name[0] = 0 }
    guard !name.isEmpty, name.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    let length = socklen_t(MemoryLayout.size(ofValue: address.sun_family) + name.count)
    let isConnected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) == 0 }
    }
    if isConnected { return descriptor }
    close(descriptor)
    return nil
}
