import Glibc

/// What other threads tell the thread of the conversations, and how they wake it. Bounded by `capacity`.
final class ConversationInbox<Order: Sendable, Outcome: Sendable>: Sendable {
    struct Request: Sendable {
        var id: Int
        var order: Order
        /// From the `connect` on; the wait for a turn does not count, for it is not the server's doing.
        var limit: Duration
        var outcome: Promise<Outcome>
    }

    private struct State {
        var nextID = 0
        var requests: [Request] = []
        var cancelled: [Int] = []
        /// Handed in and not yet ended.
        var open = 0
        var isClosed = false
    }

    /// More than 4096 probes under way means that rounds overtake each other: say so instead of piling up.
    let capacity = 4096

    /// The thread polls this end.
    let wakeEnd: CInt
    private let signalEnd: CInt
    private let state = Locked(State())

    /// Nil when the system has no descriptors to spare.
    init?() {
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let result = socketpair(AF_UNIX, type, 0, &ends)
        wakeEnd = ends[0]
        signalEnd = ends[1]
        guard result == 0 else { return nil }
    }

    deinit {
        // Both owners, the thread and the handle, are gone: nobody polls or signals any more.
        if wakeEnd >= 0 { close(wakeEnd) }
        if signalEnd >= 0 { close(signalEnd) }
    }

    /// Nil when there is no room.
    func add(_ order: Order, _ limit: Duration, _ outcome: Promise<Outcome>) -> Int? {
        let id: Int? = state.withLock { state in
            guard !state.isClosed, state.open < capacity else { return nil }
            state.open += 1
            state.nextID += 1
            state.requests.append(
                Request(id: state.nextID, order: order, limit: limit, outcome: outcome))
            return state.nextID
        }
        if id != nil { wake() }
        return id
    }

    /// The thread closes the socket soon after.
    func cancel(_ id: Int) {
        state.withLock { $0.cancelled.append(id) }
        wake()
    }

    func shut() {
        state.withLock { $0.isClosed = true }
        wake()
    }

    // MARK: From the thread

    struct News {
        var requests: [Request]
        var cancelled: [Int]
        var isClosed: Bool
    }

    func take() -> News {
        var bytes = [UInt8](repeating: 0, count: 64)
        // The socket is non-blocking: this ends when it is empty.
        while recv(wakeEnd, &bytes, bytes.count, 0) > 0 {}
        return state.withLock { state in
            defer {
                state.requests = []
                state.cancelled = []
            }
            return News(requests: state.requests, cancelled: state.cancelled, isClosed: state.isClosed)
        }
    }

    func ended(_ count: Int) {
        state.withLock { $0.open -= count }
    }

    private func wake() {
        var byte: UInt8 = 1
        // A full buffer is an awake thread.
        _ = send(signalEnd, &byte, 1, CInt(MSG_NOSIGNAL))
    }
}
