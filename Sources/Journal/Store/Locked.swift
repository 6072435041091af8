#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A value behind a POSIX mutex. Not Synchronization.Mutex: on Linux that one is a bare futex, which the
/// thread sanitizer cannot see and reports as races.
///
/// `@unchecked Sendable`: the value is only ever reached through `withLock`, which holds the mutex.
package final class Locked<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    package init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        // With default attributes glibc's initialisation cannot fail.
        _ = pthread_mutex_init(mutex, nil)
    }

    deinit {
        _ = pthread_mutex_destroy(mutex)
        mutex.deinitialize(count: 1)
        mutex.deallocate()
    }

    package func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        _ = pthread_mutex_lock(mutex)
        defer { _ = pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
