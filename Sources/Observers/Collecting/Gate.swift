/// Lets so many through at once; the others wait in line, first come, first served, the urgent ones before
/// all others. Some places are for the urgent alone, so that those who hang do not keep them out. Who is let
/// through has to leave again: a line of those who are cancelled empties by itself, one after the other.
final class Gate: Sendable {
    private struct State {
        var free: Int
        var urgent = Line()
        var others = Line()
    }

    private struct Line {
        private var waiting: [UnsafeContinuation<Void, Never>] = []
        /// The place of the next one in `waiting`.
        private var next = 0

        mutating func append(_ one: UnsafeContinuation<Void, Never>) {
            waiting.append(one)
        }

        mutating func popFirst() -> UnsafeContinuation<Void, Never>? {
            guard next < waiting.count else { return nil }
            let first = waiting[next]
            next += 1
            // Half of it is gone: forget them. Each is moved at most once on average.
            if next * 2 >= waiting.count {
                waiting.removeFirst(next)
                next = 0
            }
            return first
        }
    }

    private let reserved: Int
    private let state: Locked<State>

    /// `reserved`: of `width` places, those that are for the urgent; fewer than all.
    init(width: Int, reserved: Int) {
        self.reserved = reserved
        state = Locked(State(free: width))
    }

    func enter(urgent: Bool) async {
        // Unchecked, which costs less: who is in line is resumed by `leave`, which takes him out of it.
        await withUnsafeContinuation { (waiting: UnsafeContinuation<Void, Never>) in
            let mayPass = state.withLock { state in
                if state.free > (urgent ? 0 : reserved) {
                    state.free -= 1
                    return true
                }
                if urgent { state.urgent.append(waiting) } else { state.others.append(waiting) }
                return false
            }
            if mayPass { waiting.resume() }
        }
    }

    /// To be called once for each `enter`: the next one takes the place.
    func leave() {
        let next: UnsafeContinuation<Void, Never>? = state.withLock { state in
            if let next = state.urgent.popFirst() { return next }
            if state.free >= reserved, let next = state.others.popFirst() { return next }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}
