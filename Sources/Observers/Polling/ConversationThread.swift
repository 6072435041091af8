import Glibc

/// The thread that waits for all conversations of one kind at once with `poll`.
///
/// One thread, since a probe is nothing but waiting: a thread for each would be a thousand stacks when a
/// Region is silent, a bounded pool would make the probes of healthy databases queue behind silent ones, and
/// blocking calls on Swift's cooperative pool (as many threads as cores) would stop the whole program.
final class ConversationThread<Talk: Conversation & ~Copyable> {
    typealias Inbox = ConversationInbox<Talk.Order, Talk.Outcome>

    /// Nothing to wait for but the inbox, which wakes the thread.
    private let idle = Duration.seconds(60)

    private let inbox: Inbox
    private var waiting: [Inbox.Request] = []
    /// Boxed, since a dictionary cannot hold what cannot be copied.
    private var running: [Int: Box] = [:]

    private final class Box {
        var talk: Talk
        let deadline: Duration
        let limit: Duration
        let outcome: Promise<Talk.Outcome>

        init(
            _ talk: consuming Talk, deadline: Duration, limit: Duration, outcome: Promise<Talk.Outcome>
        ) {
            self.talk = talk
            self.deadline = deadline
            self.limit = limit
            self.outcome = outcome
        }
    }

    private init(_ inbox: Inbox) {
        self.inbox = inbox
    }

    /// False when the system refuses a thread.
    static func start(_ inbox: Inbox) -> Bool {
        startThread { ConversationThread(inbox).run() }
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
            for (id, box) in running where box.deadline <= now {
                end(id, box, box.talk.overdue(box.limit))
            }
        }
    }

    private func startNext() {
        var next = waiting.startIndex
        while next < waiting.endIndex, running.count < Talk.maxRunning {
            let request = waiting[next]
            next += 1
            let now = monotonicNow()
            var outcome: Talk.Outcome?
            let talk = Talk(request.order, now: now, outcome: &outcome)
            guard let talk else {
                inbox.ended(1)
                request.outcome.fulfil(outcome ?? Talk.couldNotTry("no socket"))
                continue
            }
            running[request.id] = Box(
                talk, deadline: now + request.limit, limit: request.limit, outcome: request.outcome)
        }
        waiting.removeFirst(next)
    }

    /// Those whose sockets have something to say.
    private func poll() -> [Int] {
        var ids: [Int] = []
        var entries = [pollfd(fd: inbox.wakeEnd, events: Int16(POLLIN), revents: 0)]
        var until = monotonicNow() + idle
        for (id, box) in running {
            ids.append(id)
            entries.append(
                pollfd(fd: box.talk.descriptor, events: box.talk.events, revents: 0))
            until = min(until, box.deadline)
        }
        // Rounded up, else the last millisecond would be spent turning in circles.
        let milliseconds = max(0, (until - monotonicNow()).milliseconds + 1)
        // EINTR and ENOMEM: nothing is ready, deadlines are looked at all the same.
        guard Glibc.poll(&entries, nfds_t(entries.count), CInt(milliseconds)) > 0 else { return [] }
        return zip(ids, entries.dropFirst()).filter { $0.1.revents != 0 }.map(\.0)
    }

    private func advance(_ id: Int, now: Duration) {
        guard let box = running[id], let outcome = box.talk.advance(now: now) else { return }
        end(id, box, outcome)
    }

    private func end(_ id: Int, _ box: Box, _ outcome: Talk.Outcome) {
        // The last reference but `box`: the socket is closed when the caller lets go of it.
        running[id] = nil
        inbox.ended(1)
        box.outcome.fulfil(outcome)
    }

    private func cancel(_ id: Int) {
        if let box = running[id] {
            end(id, box, Talk.cancelled)
        } else if let index = waiting.firstIndex(where: { $0.id == id }) {
            inbox.ended(1)
            waiting.remove(at: index).outcome.fulfil(Talk.cancelled)
        }
    }

    private func endAll() {
        for (id, box) in running { end(id, box, Talk.cancelled) }
        for request in waiting { request.outcome.fulfil(Talk.cancelled) }
        waiting = []
    }
}
