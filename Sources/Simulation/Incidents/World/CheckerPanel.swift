import Failover

/// Route 53's checkers: each looks every 30 s, calls the endpoint unhealthy after 3 failures in a row, and
/// all together are healthy while more than 18 % of them are (Route 53 developer guide).
struct CheckerPanel: Sendable {
    /// Checkers, unless a timeline says otherwise; Route 53 uses about as many Regions.
    static let usual = 8
    static let interval = 30
    static let threshold = 3
    static let healthyShare = 0.18

    private let track: ConditionTrack
    private let kind: IncidentWorkload.HealthCheckKind

    init(_ track: ConditionTrack, kind: IncidentWorkload.HealthCheckKind) {
        self.track = track
        self.kind = kind
    }

    /// What the panel as a whole publishes, at a second.
    func isHealthy(at second: Int) -> Bool {
        let all = size(at: second)
        let healthy = (0..<all).filter { checker in
            (0..<Self.threshold).contains { back in
                succeeds(
                    checker, of: all, at: lastCheck(of: checker, in: all, at: second) - back * Self.interval)
            }
        }
        return Double(healthy.count) / Double(all) > Self.healthyShare
    }

    /// What their single reports sum up to: proof of life is as old as the newest success.
    func look(at second: Int) -> (healthy: Bool, sampledAt: Int) {
        let all = size(at: second)
        let checks = (0..<all).map { checker in
            let at = lastCheck(of: checker, in: all, at: second)
            return (at: at, succeeded: succeeds(checker, of: all, at: at))
        }
        let successes = checks.filter(\.succeeded)
        let healthy = Double(successes.count) / Double(all) > Self.healthyShare
        return (healthy, (healthy ? successes : checks).map(\.at).max() ?? second)
    }

    private func size(at second: Int) -> Int {
        max(1, track.at(.seconds(second)).failingCheckers?.all ?? Self.usual)
    }

    /// They are spread over the interval.
    private func lastCheck(of checker: Int, in all: Int, at second: Int) -> Int {
        let offset = checker * Self.interval / all
        let since = second - offset
        return since - ((since % Self.interval) + Self.interval) % Self.interval + offset
    }

    private func succeeds(_ checker: Int, of all: Int, at second: Int) -> Bool {
        let now = track.at(.seconds(second))
        if let told = now.failingCheckers { return checker >= told.failing }
        guard now.primaryServes, now.nameLost != .forAll, !now.isCut(.checkers, .primaryDatabase) else {
            return false
        }
        switch kind {
        case .tcp: return true
        case .writes: return now.takesWrites && !now.applicationFails
        }
    }
}
