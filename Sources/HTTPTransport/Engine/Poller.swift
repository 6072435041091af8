import CCurl

/// Waits for libcurl's sockets and its one timer (epoll(7)). What a wait costs depends on how many sockets
/// are ready, not on how many there are; libcurl's own `curl_multi_perform` looks at all of them each time.
///
/// Lives on the engine's thread.
final class Poller {
    /// At most as many are told of in one wait; the others' turn comes with the next one.
    private static let batch = 128

    /// How other threads end a wait.
    let alarm: Alarm
    private let descriptor: CInt
    private var events = [epoll_event](repeating: epoll_event(), count: batch)
    private var sockets = Sockets()
    private var timer = Timer.off

    private enum Timer {
        case off
        case now
        /// On `MonotonicClock`.
        case at(Duration)
    }

    /// Nil when the system has no descriptors to spare.
    init?() {
        guard let alarm = Alarm() else { return nil }
        self.alarm = alarm
        descriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        // Told of once a ring, so that nobody has to take the ring back.
        register(alarm.descriptor, EPOLLIN.rawValue | EPOLLET.rawValue)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Has libcurl tell of its sockets and of its timer. Undone by `forget`, before the multi handle goes.
    func serve(_ multi: UnsafeMutableRawPointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = drctl_curl_multi_set_socket_callback(multi, watchSocket, context)
        _ = drctl_curl_multi_set_timer_callback(multi, setTimer, context)
    }

    func forget(_ multi: UnsafeMutableRawPointer) {
        _ = drctl_curl_multi_set_socket_callback(multi, nil, nil)
        _ = drctl_curl_multi_set_timer_callback(multi, nil, nil)
    }

    /// Waits until a socket is ready, the timer is due, somebody rings the alarm, or `limit` ms are over.
    func wait(limit: CInt, _ ready: (_ socket: CInt, _ events: CInt) -> Void) {
        var limit = limit
        switch timer {
        case .off: break
        case .now: limit = 0
        case .at(let due):
            let left = due - MonotonicClock.now()
            limit = left <= .zero ? 0 : min(limit, CInt(clamping: left.curlMilliseconds))
        }
        let count = epoll_wait(descriptor, &events, CInt(Self.batch), limit)
        // Interrupted by a signal: as if nothing had happened.
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            let socket = events[index].data.fd
            guard socket != alarm.descriptor else { continue }
            if sockets[socket].wanted != 0 {
                ready(socket, Self.curlEvents(events[index].events))
            } else {
                // A connection that nobody uses was closed by its server, or spoken on.
                sockets[socket].registered = 0
                register(socket, 0)
            }
        }
    }

    /// Whether the timer is due, once.
    func takeTimer() -> Bool {
        switch timer {
        case .off: return false
        case .now: break
        case .at(let due): guard due <= MonotonicClock.now() else { return false }
        }
        timer = .off
        return true
    }

    fileprivate func timer(in milliseconds: Int) {
        switch milliseconds {
        case ..<0: timer = .off
        case 0: timer = .now
        default: timer = .at(MonotonicClock.now() + .milliseconds(milliseconds))
        }
    }

    /// `what`: one of libcurl's CURL_POLL_.
    ///
    /// A connection that is idle stays registered: the next request comes soon, and two calls to the kernel
    /// for each are saved.
    fileprivate func watch(_ socket: CInt, for what: CInt) {
        var wanted: UInt32 = 0
        if what == CURL_POLL_IN || what == CURL_POLL_INOUT { wanted |= EPOLLIN.rawValue }
        if what == CURL_POLL_OUT || what == CURL_POLL_INOUT { wanted |= EPOLLOUT.rawValue }
        var state = sockets[socket]
        state.wanted = wanted
        // Of others than connections it is not known when they are closed and their number is given out anew.
        if state.isConnection ? wanted != 0 && wanted != state.registered : true {
            state.registered = wanted
            register(socket, wanted)
        }
        sockets[socket] = state
    }

    fileprivate func opened(_ socket: CInt) {
        sockets[socket] = Sockets.State(isConnection: true)
    }

    /// The kernel forgets it by itself.
    fileprivate func closes(_ socket: CInt) {
        sockets[socket] = Sockets.State()
    }

    private func register(_ socket: CInt, _ wanted: UInt32) {
        var event = epoll_event()
        event.data.fd = socket
        event.events = wanted
        guard wanted != 0 else {
            // Gone already where it was closed first.
            _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, &event)
            return
        }
        if epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event) != 0 {
            _ = epoll_ctl(descriptor, EPOLL_CTL_MOD, socket, &event)
        }
    }

    private static func curlEvents(_ events: UInt32) -> CInt {
        var found: CInt = 0
        if events & EPOLLIN.rawValue != 0 { found |= CURL_CSELECT_IN }
        if events & EPOLLOUT.rawValue != 0 { found |= CURL_CSELECT_OUT }
        if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { found |= CURL_CSELECT_ERR }
        return found
    }
}

private func poller(_ context: UnsafeMutableRawPointer?) -> Poller? {
    context.map { Unmanaged<Poller>.fromOpaque($0).takeUnretainedValue() }
}

/// CURLOPT_OPENSOCKETFUNCTION.
func openSocket(
    _ context: UnsafeMutableRawPointer?, _: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let address else { return -1 }
    let type = address.pointee.socktype | CInt(SOCK_CLOEXEC.rawValue)
    let socket = socket(address.pointee.family, type, address.pointee.protocol)
    if socket >= 0 { poller(context)?.opened(socket) }
    return socket
}

/// CURLOPT_CLOSESOCKETFUNCTION.
func closeSocket(_ context: UnsafeMutableRawPointer?, _ socket: curl_socket_t) -> CInt {
    poller(context)?.closes(socket)
    return close(socket)
}

/// CURLMOPT_SOCKETFUNCTION.
private func watchSocket(
    _: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _ what: CInt, _ context: UnsafeMutableRawPointer?,
    _: UnsafeMutableRawPointer?
) -> CInt {
    poller(context)?.watch(socket, for: what)
    return 0
}

/// CURLMOPT_TIMERFUNCTION.
private func setTimer(
    _: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> CInt {
    poller(context)?.timer(in: milliseconds)
    return 0
}
