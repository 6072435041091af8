/// A value that one party fulfils, once, and one other awaits. Later values are ignored, so that an answer, a
/// timeout and a cancellation may race for it.
final class Promise<Value: Sendable>: Sendable {
    private enum State {
        case empty
        /// Unchecked, which costs less: who leaves this state resumes it, and there is no way back.
        case awaited(UnsafeContinuation<Value, Never>)
        case fulfilled(Value)
    }

    private let state = Locked(State.empty)

    func fulfil(_ value: Value) {
        let waiting: UnsafeContinuation<Value, Never>? = state.withLock { state in
            switch state {
            case .fulfilled:
                return nil
            case .empty:
                state = .fulfilled(value)
                return nil
            case .awaited(let waiting):
                state = .fulfilled(value)
                return waiting
            }
        }
        waiting?.resume(returning: value)
    }

    var isFulfilled: Bool {
        state.withLock { state in
            if case .fulfilled = state { true } else { false }
        }
    }

    /// To be awaited once.
    var value: Value {
        get async {
            await withUnsafeContinuation { waiting in
                let value: Value? = state.withLock { state in
                    if case .fulfilled(let value) = state { return value }
                    state = .awaited(waiting)
                    return nil
                }
                if let value { waiting.resume(returning: value) }
            }
        }
    }
}
