import Controller
import Failover
import Foundation

/// The steady clock: the wall clock's time at the start, and from then on the monotonic clock alone.
struct MachineClock: SteadyClock {
    private let origin: Timestamp
    private let start: ContinuousClock.Instant

    init() {
        origin = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        start = .now
    }

    func now() -> Timestamp { origin + (ContinuousClock.now - start) }

    func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: max(duration, Duration.zero), clock: .continuous)
    }

    /// Since the start, for rooms that only measure spans.
    func elapsed() -> Duration { ContinuousClock.now - start }
}
