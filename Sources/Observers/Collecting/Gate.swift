/// Lets so many through at once; the others wait in line, first come, first served. Who is let through has to
/// leave again: a line of those who are cancelled empties by itself, one after the other.
final class Gate: Sendable {
    private struct State {
        var free: Int
        var line: [UnsafeContinuation<Void, Never>] = []
        /// The place of the next one in `line`.
        var next = 0
    }

    private let state: Locked<State>

    init(width: Int) {
        state = Locked(State(free: width))
    }

    func enter() async {
        // Unchecked, which costs less: who is in line is resumed by `leave`, which takes him out of it.
        await withUnsafeContinuation { (waiting: UnsafeContinuation<Void, Never>) in
            let mayPass = state.withLock { state in
                guard state.free > 0 else {
                    state.line.append(waiting)
                    return false
                }
                state.free -= 1
                return true
            }
            if mayPass { waiting.resume() }
        }
    }

    /// To be called once for each `enter`: the next one takes the place.
    func leave() {
        let next: UnsafeContinuation<Void, Never>? = state.withLock { state in
            guard state.next < state.line.count else {
                state.free += 1
                return nil
            }
            let next = state.line[state.next]
            state.next += 1
            // Half of it is gone: forget them. Each is moved at most once on average.
            if state.next * 2 >= state.line.count {
                state.line.removeFirst(state.next)
                state.next = 0
            }
            return next
        }
        next?.resume()
    }
}
