/// The value of `work`, or nil at the limit or when its caller is cancelled, also when `work` does not heed
/// its own cancellation: a task group would wait for it.
func within<Value: Sendable>(
    _ limit: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
    _ work: @escaping @Sendable () async -> Value
) async -> Value? {
    let (stream, continuation) = AsyncStream.makeStream(of: Value?.self)
    let working = Task { continuation.yield(await work()) }
    let waiting = Task {
        try? await sleep(limit)
        continuation.yield(nil)
    }
    defer {
        working.cancel()
        waiting.cancel()
    }
    for await value in stream { return value }
    return nil
}
