import Execution
import Failover

/// Takes what it is given, as it is told to; holds a message for as long as it is closed.
final class ChannelDouble: Channel {
    private struct State {
        var script: [Attempted] = []
        var seen: [Bulletin] = []
        var isHeld = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    let type = "double"
    private let state = Locked(State())

    func fault() -> String? { nil }

    var seen: [Bulletin] { state.withLock { $0.seen } }

    func next(_ outcomes: Attempted...) { state.withLock { $0.script += outcomes } }

    /// Does not heed any cancellation: what hangs hangs.
    func hold() { state.withLock { $0.isHeld = true } }

    func release() {
        let held = state.withLock { state in
            state.isHeld = false
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    func send(_ message: Bulletin, limit: Duration) async -> Attempted {
        let isHeld = state.withLock { state in
            state.seen.append(message)
            return state.isHeld
        }
        if isHeld {
            await withCheckedContinuation { waiting in
                let isOver = state.withLock { state in
                    guard state.isHeld else { return true }
                    state.held.append(waiting)
                    return false
                }
                if isOver { waiting.resume() }
            }
        }
        return state.withLock { $0.script.isEmpty ? .delivered(nil) : $0.script.removeFirst() }
    }
}
