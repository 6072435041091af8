import Failover

/// A health check of Route 53 on a primary's endpoint: eight checkers about the world, each every 30 s, each
/// of another mind only after three results in a row.
final class EndpointCheck {
    static let checkers = 8
    static let interval = Duration.seconds(30)
    /// AWS's default.
    static let failureThreshold = 3
    /// Healthy while more than 18 % of the checkers say so.
    static let healthyShare = 0.18

    let id: String
    let node: Node
    let since: Timestamp
    /// When in each interval a checker looks.
    let phases: [Duration]
    /// How many checkers fail, whatever the endpoint does.
    var failing: History<Int>
    var status: SampleSeries

    init(id: String, node: Node, from start: Timestamp, chance: Chance) {
        var chance = chance
        self.id = id
        self.node = node
        since = start
        phases = (0..<Self.checkers).map { _ in chance.duration(.zero...(.milliseconds(29_999))) }
        failing = History(0, from: start)
        status = SampleSeries(salt: chance.next())
    }

    /// When a checker looked last.
    func lastLook(_ checker: Int, by time: Timestamp) -> Timestamp {
        let interval = Self.interval.milliseconds
        let since = time.milliseconds - phases[checker].milliseconds
        return Timestamp(milliseconds: since / interval * interval + phases[checker].milliseconds)
    }
}

extension Estate {
    /// Route 53's verdict at a moment.
    func isHealthy(_ check: EndpointCheck, at time: Timestamp) -> Bool {
        let last = max(lastReachabilityChange(of: check.node), check.failing.lastChange)
        let healthy: Int
        // Before it was set up, the world was as it is then.
        if last == check.since || time - last > EndpointCheck.interval * (EndpointCheck.failureThreshold + 1)
        {
            healthy = answers(check.node, at: time) ? EndpointCheck.checkers - check.failing.now : 0
        } else {
            healthy = (0..<EndpointCheck.checkers).count { verdict($0, of: check, at: time) }
        }
        return Double(healthy) / Double(EndpointCheck.checkers) > EndpointCheck.healthyShare
    }

    /// What one checker saw when it looked last, and when.
    func lastLook(_ checker: Int, of check: EndpointCheck, at time: Timestamp) -> (saw: Bool, at: Timestamp) {
        let look = check.lastLook(checker, by: time)
        return (checker >= check.failing.at(look) && answers(check.node, at: look), look)
    }

    /// The newest three looks decide where they agree, older ones where they do not.
    private func verdict(_ checker: Int, of check: EndpointCheck, at time: Timestamp) -> Bool {
        var (saw, look) = lastLook(checker, of: check, at: time)
        var inARow = 1
        for _ in 0..<12 {
            if inARow == EndpointCheck.failureThreshold { return saw }
            let before = lastLook(checker, of: check, at: look - EndpointCheck.interval)
            inARow = before.saw == saw ? inARow + 1 : 1
            (saw, look) = before
        }
        return true
    }

    /// The newest sample of `HealthCheckStatus` that CloudWatch has published by `time`; the worst moment of
    /// its minute counts.
    func healthSample(of id: String, publishedBy time: Timestamp) -> HealthSample? {
        guard let check = endpointChecks[id] else { return nil }
        let series = check.status
        let newest = check.status.newest(1, publishedBy: time, now: now) { minute in
            let region = state(of: Self.globalRegion, at: minute)
            guard region.hasData, region.hasMetrics else { return nil }
            let isWell = (0..<6).allSatisfy { isHealthy(check, at: minute + .seconds(10 * $0)) }
            return isWell ? 1 : 0
        } delay: { minute in
            publicationDelay(series, minute, Self.globalRegion)
        }
        return newest.first.map { HealthSample(healthy: $0.value >= 1, sampledAt: $0.at) }
    }

    /// The same from the checkers' own reports (`GetHealthCheckStatus`), read as the observer reads them.
    func checkerSample(of id: String, at time: Timestamp) -> HealthSample? {
        guard let check = endpointChecks[id] else { return nil }
        let looks = (0..<EndpointCheck.checkers).map { lastLook($0, of: check, at: time) }
        let newest = looks.map(\.at).max() ?? time
        let successes = looks.filter(\.saw)
        guard Double(successes.count) / Double(looks.count) > EndpointCheck.healthyShare else {
            return HealthSample(healthy: false, sampledAt: newest)
        }
        return HealthSample(healthy: true, sampledAt: successes.map(\.at).max() ?? newest)
    }
}
