/// The value of `work`, or nil at the limit, also when `work` does not heed its cancellation.
func within<Value: Sendable>(
    _ limit: Duration, _ clock: MachineClock, _ work: @escaping @Sendable () async -> Value
) async -> Value? {
    let (stream, continuation) = AsyncStream.makeStream(of: Value?.self)
    let working = Task { continuation.yield(await work()) }
    let waiting = Task {
        try? await clock.sleep(for: limit)
        continuation.yield(nil)
    }
    defer {
        working.cancel()
        waiting.cancel()
    }
    for await value in stream { return value }
    return nil
}
