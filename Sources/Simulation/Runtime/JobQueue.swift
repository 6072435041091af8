import CConcurrency

/// Swift's jobs of one thread, run first in, first out.
///
/// `@unchecked Sendable`: Swift asks for it of every executor. Only its own thread ever reaches it: the
/// diversion is that thread's, and jobs are run by it alone.
final class JobQueue: SerialExecutor, @unchecked Sendable {
    private var waiting: [UnownedJob] = []
    private var head = 0
    private(set) var count = 0

    func enqueue(_ job: consuming ExecutorJob) { waiting.append(UnownedJob(job)) }

    /// Diverts the calling thread's jobs to this queue while `body` runs.
    func whileDiverting<Result>(_ body: () -> Result) -> Result {
        drctl_divert_jobs(
            { job, context in
                guard let context else { return }
                let queue = Unmanaged<JobQueue>.fromOpaque(context).takeUnretainedValue()
                // The runtime's hook passes a `Job *`, and that is all that an UnownedJob holds.
                queue.waiting.append(unsafeBitCast(job, to: UnownedJob.self))
            }, Unmanaged.passUnretained(self).toOpaque())
        defer { drctl_divert_jobs(nil, nil) }
        return withExtendedLifetime(self, body)
    }

    /// Runs jobs until none is ready; false when there are still some after `most` of them.
    func drain(most: Int) -> Bool {
        let executor = asUnownedSerialExecutor()
        let last = count + most
        while head < waiting.count {
            guard count < last else { return false }
            let job = waiting[head]
            head += 1
            count += 1
            job.runSynchronously(on: executor)
            if head == waiting.count {
                waiting.removeAll(keepingCapacity: true)
                head = 0
            }
        }
        return true
    }
}
