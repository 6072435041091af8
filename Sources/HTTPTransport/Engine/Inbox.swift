import CCurl

/// What other threads tell the engine's thread. Bounded: each accepted transfer adds at most one `start` and
/// one `cancel`.
final class Inbox: Sendable {
    enum Message {
        case start(Transfer)
        case cancel(Transfer)
    }

    private struct State {
        var messages: [Message] = []
        /// Accepted and not yet finished.
        var inFlight = 0
        /// Set once: why nothing more is accepted.
        var closed: String?
        /// The engine waits, or is about to: it has to be woken for a message.
        var isWaiting = false
        /// Ends the engine's wait. nil before there is one and once nobody waits any more.
        var alarm: Alarm?
        var thread: pthread_t?
        var ended = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let limit: Int
    private let state = Locked(State())

    init(limit: Int) {
        self.limit = limit
    }

    // MARK: From any thread

    /// nil when accepted; the engine then finishes the transfer exactly once.
    func start(_ transfer: Transfer) -> TransportError? {
        state.withLock { state in
            if let reason = state.closed {
                return TransportError(.shutDown, transfer.request, reason)
            }
            guard state.inFlight < limit else {
                return TransportError(.other, transfer.request, "\(limit) requests are in flight already")
            }
            state.inFlight += 1
            post(.start(transfer), &state)
            return nil
        }
    }

    /// May come before the `start` of the same transfer: then the engine remembers it.
    func cancel(_ transfer: Transfer) {
        state.withLock { state in
            guard state.closed == nil else { return }
            post(.cancel(transfer), &state)
        }
    }

    func close(_ reason: String = "the transport was shut down") {
        state.withLock { state in
            guard state.closed == nil else { return }
            state.closed = reason
            wake(&state)
        }
    }

    /// Returns when the engine's thread is gone.
    func untilEnded() async {
        await withCheckedContinuation { waiting in
            let ended = state.withLock { state in
                if !state.ended { state.waitingForEnd.append(waiting) }
                return state.ended
            }
            if ended { waiting.resume() }
        }
        let thread = state.withLock { state in
            defer { state.thread = nil }
            return state.thread
        }
        // The thread has nothing left to do but return: this does not block for longer than that takes.
        if let thread { _ = pthread_join(thread, nil) }
    }

    /// Closes; the thread, if nobody has waited for it, ends with nobody to join it.
    func abandon() {
        close()
        let thread = state.withLock { state in
            defer { state.thread = nil }
            return state.thread
        }
        if let thread { _ = pthread_detach(thread) }
    }

    private func post(_ message: Message, _ state: inout State) {
        state.messages.append(message)
        wake(&state)
    }

    /// Once a wait: the engine takes all that there is.
    private func wake(_ state: inout State) {
        guard state.isWaiting else { return }
        state.isWaiting = false
        state.alarm?.ring()
    }

    // MARK: From the engine

    /// The thread is there, and may have ended already.
    func runs(on thread: pthread_t) {
        state.withLock { $0.thread = thread }
    }

    /// There is no thread, and there will be none.
    func failedToStart(_ reason: String) {
        stopsWaking()
        close(reason)
        ended()
    }

    func wakes(with alarm: Alarm) {
        state.withLock { $0.alarm = alarm }
    }

    /// Everything that was said since the last time, and whether it is time to end. `messages` has to be
    /// empty: its memory serves for the next ones.
    func take(into messages: inout [Message]) -> String? {
        state.withLock { state in
            state.isWaiting = false
            swap(&messages, &state.messages)
            return state.closed
        }
    }

    /// Whether nothing was said since `take`. From then on, who says something rings the alarm.
    func mayWait() -> Bool {
        state.withLock { state in
            state.isWaiting = state.messages.isEmpty && state.closed == nil
            return state.isWaiting
        }
    }

    func finished(_ count: Int) {
        state.withLock { $0.inFlight -= count }
    }

    /// Nobody waits any more.
    func stopsWaking() {
        state.withLock { $0.alarm = nil }
    }

    /// The last thing that the engine's thread does.
    func ended() {
        let waiting = state.withLock { state in
            state.ended = true
            defer { state.waitingForEnd = [] }
            return state.waitingForEnd
        }
        for continuation in waiting { continuation.resume() }
    }
}
