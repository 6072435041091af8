import Failover

/// The health check is unhealthy and the replica's lag is under a limit: the usual second version of the
/// alarm.
struct HealthCheckAndLag: SimplePolicy {
    let name = "health check and lag"
    let citation =
        "a function once a minute: HealthCheckStatus 0 and the newest ReplicaLag (or RPO lag) within the "
        + "same limit as drctl's maximum_data_loss; no datapoint and -1 count as not ready "
        + "(the failoverv2 POC)"

    func start(_ incident: Incident, _ member: Cast.Member) -> Duration {
        member.workload.policy.maximumDataLoss
    }

    func step(at second: Int, _ view: SimpleView, _ limit: inout Duration) -> SimpleVerdict? {
        guard second % 60 == 0, let health = view.health(at: second), second - health.at <= 300,
            health.value < 1, let lag = view.lag(at: second), lag.value >= 0,
            view.standbyServes(at: second)
        else { return nil }
        let predicted = Duration.milliseconds(Int64(lag.value * 1000))
        return predicted <= limit ? SimpleVerdict(predictedLoss: predicted) : nil
    }
}
