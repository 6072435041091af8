import Failover

/// Time that passes when a test says so. Who sleeps is counted, so that a test knows when everybody waits.
final class ManualClock: Sendable {
    private struct Sleeper {
        var ticket: Int
        var due: Timestamp
        var waiting: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Timestamp
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var tickets = 0
    }

    private let state: Locked<State>

    init(_ start: Timestamp = VirtualClock.start) { state = Locked(State(now: start)) }

    var now: Timestamp { state.withLock { $0.now } }
    var sleepers: Int { state.withLock { $0.sleepers.count } }
    /// When the first of them wakes up; nil when nobody sleeps.
    var nextDue: Timestamp? { state.withLock { $0.sleepers.map(\.due).min() } }

    func sleep(_ span: Duration) async throws {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiting: CheckedContinuation<Void, any Error>) in
                let isOver = state.withLock { state in
                    guard state.cancelled.remove(ticket) == nil else { return true }
                    state.sleepers.append(Sleeper(ticket: ticket, due: state.now + span, waiting: waiting))
                    return false
                }
                if isOver { waiting.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let place = state.sleepers.firstIndex(where: { $0.ticket == ticket }) else {
                    state.cancelled.insert(ticket)
                    return nil
                }
                return state.sleepers.remove(at: place)
            }
            sleeper?.waiting.resume(throwing: CancellationError())
        }
    }

    func advance(_ span: Duration) {
        let due = state.withLock { state in
            state.now = state.now + span
            let due = state.sleepers.filter { $0.due <= state.now }
            state.sleepers.removeAll { $0.due <= state.now }
            return due
        }
        for sleeper in due.sorted(by: { $0.due < $1.due }) { sleeper.waiting.resume() }
    }
}

/// Gives others their turn until it holds; false when it never does.
func eventually(_ condition: () async -> Bool) async -> Bool {
    for _ in 0..<20_000 {
        if await condition() { return true }
        await Task.yield()
    }
    return false
}
