import AWS
import Failover

/// Time that passes only while somebody sleeps, or while a call hangs.
final class VirtualClock: Sendable {
    static let start = Timestamp(milliseconds: 1_800_000_000_000)
    private let milliseconds = Locked<Int64>(0)

    var now: Timestamp { Self.start + elapsed }
    var elapsed: Duration { .milliseconds(milliseconds.withLock { $0 }) }

    func advance(_ span: Duration) {
        milliseconds.withLock { $0 += max(0, span.milliseconds) }
    }

    var surroundings: Surroundings {
        Surroundings(
            now: { WallTime(unixSeconds: Double(self.now.milliseconds) / 1000) }, steady: { self.elapsed },
            sleep: { self.advance($0) }, random: { 0.5 }, environment: [:], readFile: { _ in "" })
    }
}
