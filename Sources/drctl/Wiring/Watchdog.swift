import Controller
import Failover
import Foundation

/// systemd's watchdog (sd_watchdog_enabled(3)), fed by the decision loop itself: while no tick is dealt with,
/// nothing is fed, and systemd starts the service anew. A process that only looks alive is the worst of all.
struct Watchdog {
    let limit: Duration
    let clock: MachineClock

    /// Nil when nobody watches: not started by systemd, or without `WatchdogSec=`.
    init?(clock: MachineClock, environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard let text = environment["WATCHDOG_USEC"], let limit = Int64(text), limit > 0 else { return nil }
        // Set when another process of the unit is meant.
        if let process = environment["WATCHDOG_PID"], process != "\(getpid())" { return nil }
        self.limit = .microseconds(limit)
        self.clock = clock
    }

    /// Feeds until it is cancelled. `lastTurn`: when the loop last came round.
    func feed(lastTurn: () async -> Timestamp?) async throws {
        // The loop has as long for its first turn as for every other.
        let start = clock.now()
        while true {
            let last = await lastTurn() ?? start
            // Half of the limit, so that the last feed and the silence after it end within the limit.
            if clock.now() - last < limit / 2 { SystemdNotice.send("WATCHDOG=1") }
            try await clock.sleep(for: limit / 4)
        }
    }
}
