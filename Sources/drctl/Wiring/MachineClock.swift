import Controller
import Failover
import Foundation

/// The steady clock: the wall clock's time at the start, and from then on the monotonic clock alone.
struct MachineClock: SteadyClock {
    /// How far it was ahead of the wall clock at the start: see `AgreedClock`.
    let ahead: Duration
    private let origin: Timestamp
    private let start: ContinuousClock.Instant

    init(ahead: Duration = .zero) {
        self.ahead = ahead
        origin = .wallClock + ahead
        start = .now
    }

    func now() -> Timestamp { origin + (ContinuousClock.now - start) }

    func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: max(duration, Duration.zero), clock: .continuous)
    }

    /// Since the start, for rooms that only measure spans.
    func elapsed() -> Duration { ContinuousClock.now - start }

    /// How far the wall clock is ahead of this one now.
    func wallClockAhead() -> Duration { Timestamp.wallClock - now() }

    /// How far the wall clock has stepped ahead since the start.
    func stepOfWallClock() -> Duration { wallClockAhead() + ahead }
}

extension Timestamp {
    fileprivate static var wallClock: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
