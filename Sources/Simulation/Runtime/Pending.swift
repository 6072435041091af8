/// What a task waits for, until the world answers or the task is cancelled.
///
/// `@unchecked Sendable`: it lives on the run's one thread, where cancellation handlers run as well.
final class Pending<Value: Sendable>: @unchecked Sendable {
    private enum State {
        case idle
        case waiting(UnsafeContinuation<Value, any Error>)
        case ended(Result<Value, any Error>)
    }

    private var state = State.idle
    /// Called once, when it is resolved or cancelled.
    var whenEnded: (() -> Void)?

    var hasEnded: Bool { if case .ended = state { true } else { false } }

    func resolve(_ value: Value) { end(.success(value)) }

    func cancel() { end(.failure(CancellationError())) }

    private func end(_ result: Result<Value, any Error>) {
        guard !hasEnded else { return }
        let before = state
        state = .ended(result)
        if case .waiting(let continuation) = before { continuation.resume(with: result) }
        whenEnded?()
        whenEnded = nil
    }

    /// Throws `CancellationError` only.
    func value() async throws -> Value {
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                if case .ended(let result) = state {
                    continuation.resume(with: result)
                } else {
                    state = .waiting(continuation)
                }
            }
        } onCancel: {
            cancel()
        }
    }
}
