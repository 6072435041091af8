import Glibc

/// One connection of a probe, from `connect` to the first byte of the answer. It owns its descriptor.
struct ProbeSocket: Conversation, ~Copyable {
    /// Half of the usual limit of 1024 descriptors a process, which HTTP and sessions in SQL share.
    static let maxRunning = 512

    /// The PostgreSQL protocol's SSLRequest: its own length and the code 80877103. A server answers it with
    /// one byte before any user name or password. Source: the PostgreSQL documentation, Message Formats.
    static let sslRequest: [UInt8] = [0x00, 0x00, 0x00, 0x08, 0x04, 0xd2, 0x16, 0x2f]

    static var cancelled: ProbeOutcome { .cancelled }
    static func couldNotTry(_ detail: String) -> ProbeOutcome { .couldNotTry(detail) }

    private enum Phase {
        case connecting, sending, awaiting
    }

    let descriptor: CInt
    private let startedAt: Duration
    private var phase = Phase.connecting

    init?(_ address: SocketAddress, now: Duration, outcome: inout ProbeOutcome?) {
        let type = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(address.family, type, 0)
        startedAt = now
        guard descriptor >= 0 else {
            outcome = .couldNotTry("no socket: " + String(cString: strerror(errno)))
            return nil
        }
        let result = address.withPointer { connect(descriptor, $0, $1) }
        guard result == 0 || errno == EINPROGRESS else {
            outcome = ProbeOutcome(error: errno)
            // A failed initializer runs no deinit.
            close(descriptor)
            return nil
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    var events: Int16 {
        Int16(phase == .awaiting ? POLLIN : POLLOUT)
    }

    mutating func advance(now: Duration) -> ProbeOutcome? {
        if phase == .connecting {
            var error: CInt = 0
            var size = socklen_t(MemoryLayout<CInt>.size)
            guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 else {
                return ProbeOutcome(error: errno)
            }
            guard error == 0 else { return ProbeOutcome(error: error) }
            phase = .sending
        }
        if phase == .sending {
            // Eight bytes into an empty buffer go whole or not at all.
            let sent = send(descriptor, Self.sslRequest, Self.sslRequest.count, CInt(MSG_NOSIGNAL))
            if sent < 0 { return Self.mustWait(errno) ? nil : ProbeOutcome(error: errno) }
            phase = .awaiting
            return nil
        }
        var byte: UInt8 = 0
        switch recv(descriptor, &byte, 1, 0) {
        case 1: return .byte(byte, after: now - startedAt)
        case 0: return .failed("closed without an answer")
        default: return Self.mustWait(errno) ? nil : ProbeOutcome(error: errno)
        }
    }

    func overdue(_ limit: Duration) -> ProbeOutcome { .failed("no answer in \(limit.text)") }

    private static func mustWait(_ error: CInt) -> Bool {
        error == EAGAIN || error == EINTR
    }
}
