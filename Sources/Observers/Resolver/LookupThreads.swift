import Glibc

/// A few threads for calls that block, which must not run on Swift's cooperative pool. They are started when
/// there is work and end with the last holder.
final class LookupThreads: Sendable {
    /// Lookups take milliseconds or, when a resolver is silent, seconds: eight go on past a few that hang.
    static let maxThreads = 8
    /// Beyond this the resolvers are plainly not keeping up.
    static let capacity = 4096

    private let queue = JobQueue()

    deinit {
        queue.close()
    }

    /// Nil when the queue is full or no thread can be had, and when the task is cancelled; the job may then
    /// still run, unless it has not begun.
    func run<Value: Sendable>(_ job: @escaping @Sendable () -> Value) async -> Value? {
        let outcome = Promise<Value?>()
        let isAccepted = queue.add {
            // Cancelled in the queue.
            if !outcome.isFulfilled { outcome.fulfil(job()) }
        }
        guard isAccepted else { return nil }
        return await withTaskCancellationHandler {
            await outcome.value
        } onCancel: {
            outcome.fulfil(nil)
        }
    }
}

/// `@unchecked Sendable`: every access to what is variable holds `mutex`.
private final class JobQueue: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let news: UnsafeMutablePointer<pthread_cond_t>
    private var jobs: [@Sendable () -> Void] = []
    private var threads = 0
    private var idle = 0
    private var isClosed = false

    init() {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
        news = .allocate(capacity: 1)
        news.initialize(to: pthread_cond_t())
        pthread_cond_init(news, nil)
    }

    deinit {
        // The threads hold the queue: they are gone.
        pthread_cond_destroy(news)
        news.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// False when there is no room, or no thread.
    func add(_ job: @escaping @Sendable () -> Void) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isClosed, jobs.count < LookupThreads.capacity else { return false }
        if idle <= jobs.count, threads < LookupThreads.maxThreads, startThread({ self.work() }) {
            threads += 1
        }
        guard threads > 0 else { return false }
        jobs.append(job)
        pthread_cond_signal(news)
        return true
    }

    func close() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        isClosed = true
        pthread_cond_broadcast(news)
    }

    private func work() {
        while let job = next() { job() }
    }

    private func next() -> (@Sendable () -> Void)? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while jobs.isEmpty, !isClosed {
            idle += 1
            pthread_cond_wait(news, mutex)
            idle -= 1
        }
        // Closed with jobs left: they are done, since each is somebody's promise.
        return jobs.isEmpty ? nil : jobs.removeFirst()
    }
}
