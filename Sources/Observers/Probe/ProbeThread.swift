import Glibc

/// The thread that waits for all probes at once with `poll`.
///
/// One thread, since a probe is nothing but waiting: a thread for each would be a thousand stacks when a
/// Region is silent, a bounded pool would make the probes of healthy databases queue behind silent ones, and
/// blocking calls on Swift's cooperative pool (as many threads as cores) would stop the whole program.
final class ProbeThread {
    /// Sockets open at once: well below the usual limit of 1024 descriptors a process, which HTTP shares.
    static let maxRunning = 256
    /// Nothing to wait for but the inbox, which wakes the thread.
    private static let idle = Duration.seconds(60)

    private struct Running: ~Copyable {
        var socket: ProbeSocket
        let deadline: Duration
        let limit: Duration
        let outcome: Promise<ProbeOutcome>
    }

    private let inbox: ProbeInbox
    private var waiting: [ProbeInbox.Request] = []
    /// Boxed, since a dictionary cannot hold what cannot be copied.
    private var running: [Int: Box] = [:]

    private final class Box {
        var probe: Running
        init(_ probe: consuming Running) { self.probe = probe }
    }

    private init(_ inbox: ProbeInbox) {
        self.inbox = inbox
    }

    /// False when the system refuses a thread.
    static func start(_ inbox: ProbeInbox) -> Bool {
        startThread { ProbeThread(inbox).run() }
    }

    private func run() {
        while true {
            let news = inbox.take()
            waiting += news.requests
            for id in news.cancelled { cancel(id) }
            if news.isClosed { return endAll() }
            startNext()
            let ready = poll()
            let now = monotonicNow()
            for id in ready { advance(id, now: now) }
            for (id, box) in running where box.probe.deadline <= now {
                end(id, box, .failed("no answer in \(box.probe.limit.text)"))
            }
        }
    }

    private func startNext() {
        var next = waiting.startIndex
        while next < waiting.endIndex, running.count < Self.maxRunning {
            let request = waiting[next]
            next += 1
            let now = monotonicNow()
            var outcome: ProbeOutcome?
            let socket = ProbeSocket(connectingTo: request.address, now: now, outcome: &outcome)
            guard let socket else {
                inbox.ended(1)
                request.outcome.fulfil(outcome ?? .couldNotTry("no socket"))
                continue
            }
            running[request.id] = Box(
                Running(
                    socket: socket, deadline: now + request.limit, limit: request.limit,
                    outcome: request.outcome))
        }
        waiting.removeFirst(next)
    }

    /// Those whose sockets have something to say.
    private func poll() -> [Int] {
        var ids: [Int] = []
        var entries = [pollfd(fd: inbox.wakeEnd, events: Int16(POLLIN), revents: 0)]
        var until = monotonicNow() + Self.idle
        for (id, box) in running {
            ids.append(id)
            entries.append(
                pollfd(fd: box.probe.socket.descriptor, events: box.probe.socket.events, revents: 0))
            until = min(until, box.probe.deadline)
        }
        // Rounded up, else the last millisecond would be spent turning in circles.
        let milliseconds = max(0, (until - monotonicNow()).milliseconds + 1)
        // EINTR and ENOMEM: nothing is ready, deadlines are looked at all the same.
        guard Glibc.poll(&entries, nfds_t(entries.count), CInt(milliseconds)) > 0 else { return [] }
        return zip(ids, entries.dropFirst()).filter { $0.1.revents != 0 }.map(\.0)
    }

    private func advance(_ id: Int, now: Duration) {
        guard let box = running[id], let outcome = box.probe.socket.advance(now: now) else { return }
        end(id, box, outcome)
    }

    private func end(_ id: Int, _ box: Box, _ outcome: ProbeOutcome) {
        // The last reference but `box`: the socket is closed when the caller lets go of it.
        running[id] = nil
        inbox.ended(1)
        box.probe.outcome.fulfil(outcome)
    }

    private func cancel(_ id: Int) {
        if let box = running[id] {
            end(id, box, .cancelled)
        } else if let index = waiting.firstIndex(where: { $0.id == id }) {
            inbox.ended(1)
            waiting.remove(at: index).outcome.fulfil(.cancelled)
        }
    }

    private func endAll() {
        for (id, box) in running { end(id, box, .cancelled) }
        for request in waiting { request.outcome.fulfil(.cancelled) }
        waiting = []
    }
}
