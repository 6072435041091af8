/// The value of `work`, or nil when it takes longer than `limit`, or when the calling task is cancelled.
///
/// It returns at the limit even when `work` does not heed its cancellation: a task group would wait for it,
/// and one hung endpoint would hold up the rest.
func withTimeLimit<Value: Sendable>(
    _ limit: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
    _ work: @escaping @Sendable () async -> Value
) async -> Value? {
    let outcome = Promise<Value?>()
    let working = Task { outcome.fulfil(await work()) }
    let waiting = Task {
        try? await sleep(limit)
        outcome.fulfil(nil)
    }
    defer {
        working.cancel()
        waiting.cancel()
    }
    return await withTaskCancellationHandler {
        await outcome.value
    } onCancel: {
        working.cancel()
        outcome.fulfil(nil)
    }
}
