import Failover
import Synchronization

/// What a collector has delivered.
final class Heard: Sendable {
    private struct State {
        var count = 0
        var unknown = 0
        var awaited = 0
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func add(_ observations: [Observation]) {
        let unknown = observations.count { $0.isUnknown }
        let waiting = state.withLock { state in
            state.count += observations.count
            state.unknown += unknown
            guard state.count >= state.awaited else { return nil as CheckedContinuation<Void, Never>? }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    /// Returns once so many were delivered.
    func until(_ count: Int) async {
        await withCheckedContinuation { waiting in
            let isDone = state.withLock { state in
                state.awaited = count
                guard state.count < count else { return true }
                state.waiting = waiting
                return false
            }
            if isDone { waiting.resume() }
        }
    }

    /// The figures so far, and begins anew.
    func take() -> (count: Int, unknown: Int) {
        state.withLock { state in
            defer { (state.count, state.unknown) = (0, 0) }
            return (state.count, state.unknown)
        }
    }
}

extension Observation {
    fileprivate var isUnknown: Bool {
        switch fact {
        case .probe(_, let reading): reading.value == nil
        case .database(_, let reading): reading.value == nil
        case .routeHealth(let reading): reading.value == nil
        case .replication(let reading): reading.value == nil
        }
    }
}
