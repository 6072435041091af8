import CConcurrency
import Controller
import Failover
import Foundation
import Testing

/// Time that stands still while anything can run, and then jumps to the next thing that is due: everything on
/// one thread, in one order.
///
/// `@unchecked Sendable`: only its own thread ever reaches it.
final class StillTime: SerialExecutor, @unchecked Sendable {
    private(set) var now = Timestamp(milliseconds: 1_800_000_000_000)
    private var jobs: [UnownedJob] = []
    private var sleepers: [Sleeper] = []
    private var count = 0

    /// `@unchecked Sendable`: see above; cancellation handlers run there too.
    private final class Sleeper: @unchecked Sendable {
        let until: Timestamp
        let number: Int
        var wake: CheckedContinuation<Void, Never>?

        init(until: Timestamp, number: Int) {
            self.until = until
            self.number = number
        }
    }

    /// Runs `body` to its end, on a thread of its own. Expectations in it count; they do not know their test.
    static func run(_ body: @escaping @Sendable (StillTime) async throws -> Void) {
        let end = DispatchSemaphore(value: 0)
        Thread {
            let time = StillTime()
            time.live(body)
            end.signal()
        }.start()
        end.wait()
    }

    private func live(_ body: @escaping @Sendable (StillTime) async throws -> Void) {
        drctl_divert_jobs(
            { job, context in
                guard let context else { return }
                let time = Unmanaged<StillTime>.fromOpaque(context).takeUnretainedValue()
                // The runtime's hook passes a `Job *`, and that is all that an UnownedJob holds.
                time.jobs.append(unsafeBitCast(job, to: UnownedJob.self))
            }, Unmanaged.passUnretained(self).toOpaque())
        defer { drctl_divert_jobs(nil, nil) }
        let isOver = Mutexed(false)
        Task {
            do { try await body(self) } catch { Issue.record(error) }
            isOver.change { $0 = true }
        }
        while !isOver.value {
            if !jobs.isEmpty {
                jobs.removeFirst().runSynchronously(on: asUnownedSerialExecutor())
            } else if !jump() {
                Issue.record("everybody waits, and nothing is due")
                return
            }
        }
    }

    /// Wakes whoever is due next.
    private func jump() -> Bool {
        sleepers.removeAll { $0.wake == nil }
        guard
            let next = sleepers.min(by: { ($0.until, $0.number) < ($1.until, $1.number) })
        else { return false }
        now = max(now, next.until)
        next.wake?.resume()
        next.wake = nil
        return true
    }

    func enqueue(_ job: consuming ExecutorJob) { jobs.append(UnownedJob(job)) }

    func sleep(for duration: Duration) async throws {
        count += 1
        let sleeper = Sleeper(until: now + duration, number: count)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { return continuation.resume() }
                sleeper.wake = continuation
                sleepers.append(sleeper)
            }
        } onCancel: {
            sleeper.wake?.resume()
            sleeper.wake = nil
        }
        try Task.checkCancellation()
    }
}
