import Controller
import Failover

/// A host's steady clock: it never steps, but it drifts.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class HostClock: SteadyClock, @unchecked Sendable {
    private let life: Life
    private let bornAt: Timestamp
    private let origin: Timestamp
    /// How much faster than true time it runs, in parts per million. NTP slews by up to 500.
    let driftPPM: Int64

    /// `origin`: what the host's wall clock said when the process started.
    init(life: Life, origin: Timestamp, driftPPM: Int64) {
        self.life = life
        self.origin = origin
        self.driftPPM = driftPPM
        bornAt = life.time.now
    }

    func now() -> Timestamp { reading(at: life.time.now) }

    /// What it says at a moment of true time.
    func reading(at moment: Timestamp) -> Timestamp { origin + stretched(moment - bornAt) }

    /// When, in true time, it says `reading`: the first whole millisecond.
    func trueTime(of reading: Timestamp) -> Timestamp {
        var moment =
            bornAt + .milliseconds((reading - origin).milliseconds * 1_000_000 / (1_000_000 + driftPPM))
        while self.reading(at: moment) < reading { moment.milliseconds += 1 }
        return moment
    }

    func sleep(for duration: Duration) async throws {
        let wake = trueTime(of: now() + max(duration, .zero))
        try await life.wait { (answer: Life.Answer<Void>) in
            life.time.at(wake) { answer(()) }
        }
    }

    private func stretched(_ span: Duration) -> Duration {
        .milliseconds(span.milliseconds * (1_000_000 + driftPPM) / 1_000_000)
    }
}
