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
    /// When libcurl wants to be called for its own sake. On `MonotonicClock`.
    private var timerDue: Duration?

    /// Nil when the system has no descriptors to spare.
    init?() {
        guard let alarm = Alarm() else { return nil }
        self.alarm = alarm
        descriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        watch(alarm.descriptor, for: CURL_POLL_IN)
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
        if let timerDue {
            let left = timerDue - MonotonicClock.now()
            limit = left <= .zero ? 0 : min(limit, CInt(clamping: left.curlMilliseconds))
        }
        let count = epoll_wait(descriptor, &events, CInt(Self.batch), limit)
        // Interrupted by a signal: as if nothing had happened.
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            let event = events[index]
            if event.data.fd == alarm.descriptor {
                alarm.reset()
            } else {
                ready(event.data.fd, Self.curlEvents(event.events))
            }
        }
    }

    /// Whether the timer is due, once.
    func takeTimer() -> Bool {
        guard let due = timerDue, due <= MonotonicClock.now() else { return false }
        timerDue = nil
        return true
    }

    fileprivate func timer(in milliseconds: Int) {
        timerDue = milliseconds < 0 ? nil : MonotonicClock.now() + .milliseconds(milliseconds)
    }

    /// `what`: one of libcurl's CURL_POLL_.
    fileprivate func watch(_ socket: CInt, for what: CInt) {
        var event = epoll_event()
        event.data.fd = socket
        guard what != CURL_POLL_REMOVE else {
            // Gone already where it was closed first.
            _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, &event)
            return
        }
        if what == CURL_POLL_IN || what == CURL_POLL_INOUT { event.events |= EPOLLIN.rawValue }
        if what == CURL_POLL_OUT || what == CURL_POLL_INOUT { event.events |= EPOLLOUT.rawValue }
        // A descriptor that was closed and given out anew is not watched any more, whatever libcurl thinks.
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
