/// What `body` gives; nil once `limit` is over, or its caller is cancelled. A body that does not heed its own
/// cancellation goes on by itself: unlike a task group this waits for nobody.
package func firstAnswer<Value: Sendable>(
    within limit: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
    _ body: @escaping @Sendable () async -> Value
) async -> Value? {
    let answer = FirstAnswer<Value>()
    let work = Task { await answer.settle(await body()) }
    let alarm = Task {
        try? await sleep(limit)
        await answer.settle(nil)
    }
    defer {
        work.cancel()
        alarm.cancel()
    }
    return await withTaskCancellationHandler {
        await answer.value()
    } onCancel: {
        Task { await answer.settle(nil) }
    }
}

/// The first of several answers; those that come later are dropped.
private actor FirstAnswer<Value: Sendable> {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value?, Never>)
        case settled(Value?)
    }

    private var state = State.open

    func settle(_ value: Value?) {
        switch state {
        case .open: state = .settled(value)
        case .awaited(let waiting):
            state = .settled(value)
            waiting.resume(returning: value)
        case .settled: break
        }
    }

    /// Asked for once.
    func value() async -> Value? {
        if case .settled(let value) = state { return value }
        return await withCheckedContinuation { state = .awaited($0) }
    }
}
