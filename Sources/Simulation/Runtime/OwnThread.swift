#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Runs `body` on a new thread and waits for it.
///
/// A run must not nest in a job of Swift's thread pool: what it diverts is its thread's.
func onOwnThread<Result>(_ body: @escaping () -> Result) -> Result {
    let errand = Errand(body)
    var thread = pthread_t()
    let status = pthread_create(
        &thread, nil,
        { context in
            guard let context else { return nil }
            Unmanaged<AnyErrand>.fromOpaque(context).takeUnretainedValue().run()
            return nil
        }, Unmanaged<AnyErrand>.passUnretained(errand).toOpaque())
    precondition(status == 0, "no thread can be started")
    pthread_join(thread, nil)
    guard let result = errand.result else { preconditionFailure("a thread ended before its work") }
    return result
}

/// What the thread is handed: a C function cannot be generic.
private class AnyErrand {
    func run() {}
}

private final class Errand<Result>: AnyErrand {
    private let body: () -> Result
    private(set) var result: Result?

    init(_ body: @escaping () -> Result) { self.body = body }

    override func run() { result = body() }
}
