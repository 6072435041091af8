import COpenSSL

/// A value behind a mutex.
///
/// Over pthread_mutex rather than Synchronization.Mutex: on Linux the latter is a bare futex that the thread
/// sanitizer cannot see, and every use of it is reported as a race.
///
/// The pthread names come with COpenSSL, whose header includes pthread.h.
///
/// @unchecked is sound: `value` is only touched between lock and unlock of a mutex that never moves.
final class Locked<Value: Sendable>: @unchecked Sendable {
    private var value: Value
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        let status = pthread_mutex_init(mutex, nil)
        precondition(status == 0, "a default mutex needs no resource that could be missing")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deinitialize(count: 1)
        mutex.deallocate()
    }

    func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }
}
