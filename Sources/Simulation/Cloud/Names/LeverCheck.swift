import Failover

/// A health check that follows the data behind a CloudWatch alarm: unhealthy while the newest sample of the
/// lever's metric is 1 or more, and with no data it keeps its last verdict.
final class LeverCheck {
    let lever: HealthCheckLever
    /// Route 53's verdict, which is the alarm's a little later.
    var isHealthy = true
    var chance: Chance
    /// Of the newest sample that was taken.
    var value = 0.0

    init(lever: HealthCheckLever, chance: Chance) {
        self.lever = lever
        self.chance = chance
    }
}

extension Estate {
    /// `PutMetricData` of one sample. A metric that no lever has is taken and forgotten.
    func put(
        _ value: Double, namespace: String, metric: String, dimensions: [String: String], in region: Region
    ) {
        for id in leverOrder {
            guard let check = leverChecks[id] else { continue }
            let lever = check.lever
            guard lever.region == region, lever.namespace == namespace, lever.metric == metric,
                lever.dimensions == dimensions
            else { continue }
            if value != check.value { note(.leverFlipped(name: lever.name, value: value)) }
            check.value = value
            let isHealthy = value < 1
            guard isHealthy != check.isHealthy else { continue }
            evaluate(check, isHealthy, after: check.chance.duration(temper.lever))
        }
    }

    /// Alarm and checker need the metric's Region; Route 53 itself needs none.
    private func evaluate(_ check: LeverCheck, _ isHealthy: Bool, after span: Duration) {
        time.after(span) { [unowned self] in
            guard (check.value < 1) == isHealthy, check.isHealthy != isHealthy else { return }
            let region = state(of: check.lever.region)
            guard region.hasData, region.hasMetrics else {
                return evaluate(check, isHealthy, after: .seconds(60))
            }
            check.isHealthy = isHealthy
            guard let answer = answer(for: check.lever.name, server: 0) else { return }
            note(.answerMoved(name: check.lever.name, to: answer.value))
        }
    }
}
