#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Runs `body` on a new thread and waits for it.
///
/// A run must not nest in a job of Swift's thread pool: what it diverts is its thread's.
func onOwnThread<Result>(_ body: @escaping () -> Result) -> Result {
    let work = Work(body)
    var thread = pthread_t()
    let status = pthread_create(
        &thread, nil,
        { context in
            guard let context else { return nil }
            Unmanaged<AnyWork>.fromOpaque(context).takeUnretainedValue().run()
            return nil
        }, Unmanaged<AnyWork>.passUnretained(work).toOpaque())
    precondition(status == 0, "no thread can be started")
    pthread_join(thread, nil)
    guard let result = work.result else { preconditionFailure("a thread ended before its work") }
    return result
}

/// What the thread is handed: a C function cannot be generic.
private class AnyWork {
    func run() {}
}

private final class Work<Result>: AnyWork {
    private let body: () -> Result
    private(set) var result: Result?

    init(_ body: @escaping () -> Result) { self.body = body }

    override func run() { result = body() }
}
