import Glibc

@testable import Observers

/// A TCP server on 127.0.0.1 that behaves in one way, and counts who is connected.
final class LoopbackServer: Sendable {
    enum Behaviour: Sendable {
        /// Accepts and says nothing.
        case silent
        /// Cuts the connection with RST.
        case resetting
        /// Ends the connection in order, after the request has come.
        case closing
        /// Answers the request with these bytes.
        case answering([UInt8])
        /// Answers `SSLRequest` with this byte, and nothing else with anything.
        case hanging(UInt8)
    }

    struct Counts: Sendable {
        var accepted = 0
        var open = 0
        /// What came first on each connection.
        var requests: [[UInt8]] = []
    }

    let port: Int
    private let state = Locked(Counts())
    private let stopped = Locked(false)

    init?(_ behaviour: Behaviour) {
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        guard let port = bindToLoopback(listener), listen(listener, 1024) == 0 else { return nil }
        self.port = port
        let state = state
        let stopped = stopped
        guard startThread({ serve(listener, behaviour, state, stopped) }) else { return nil }
    }

    deinit {
        stopped.withLock { $0 = true }
    }

    var counts: Counts { state.withLock { $0 } }
}

/// The port, or nil.
func bindToLoopback(_ descriptor: CInt) -> Int? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
        }
    }
    return result ? Int(UInt16(bigEndian: address.sin_port)) : nil
}

/// A port of 127.0.0.1 on which nothing listens.
func closedPort() -> Int? {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    return bindToLoopback(descriptor)
}

private func serve(
    _ listener: CInt, _ behaviour: LoopbackServer.Behaviour, _ state: Locked<LoopbackServer.Counts>,
    _ stopped: Locked<Bool>
) {
    var connections: [CInt] = []
    defer { for descriptor in connections + [listener] { close(descriptor) } }
    while !stopped.withLock({ $0 }) {
        var entries = ([listener] + connections).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&entries, nfds_t(entries.count), 50) > 0 else { continue }
        for entry in entries where entry.revents != 0 {
            if entry.fd == listener {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { continue }
                state.withLock { $0.accepted += 1 }
                if case .resetting = behaviour {
                    var abort = linger(l_onoff: 1, l_linger: 0)
                    setsockopt(
                        descriptor, SOL_SOCKET, SO_LINGER, &abort, socklen_t(MemoryLayout<linger>.size))
                    close(descriptor)
                } else {
                    connections.append(descriptor)
                    state.withLock { $0.open += 1 }
                }
                continue
            }
            var bytes = [UInt8](repeating: 0, count: 64)
            let count = recv(entry.fd, &bytes, bytes.count, 0)
            if count > 0 {
                state.withLock { $0.requests.append(Array(bytes.prefix(count))) }
                if case .answering(let answer) = behaviour { send(entry.fd, answer, answer.count, 0) }
                if case .hanging(let byte) = behaviour, count == 8 { send(entry.fd, [byte], 1, 0) }
                if case .closing = behaviour {} else { continue }
            }
            close(entry.fd)
            connections.removeAll { $0 == entry.fd }
            state.withLock { $0.open -= 1 }
        }
    }
}
