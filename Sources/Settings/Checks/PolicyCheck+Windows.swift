import Failover

/// The spans that must fit into each other.
extension PolicyCheck {
    func checkWindows() {
        let interval = pollInterval.value
        if window.value < interval * 2 {
            findings.refuse(
                window,
                "is \(window.value.written), with controller.poll_interval \(interval.written); it must "
                    + "hold two rounds, use at least \((interval * 2).written)")
        }
        if freshness.value < interval * 2 {
            findings.refuse(
                freshness,
                "is \(freshness.value.written), with controller.poll_interval \(interval.written): one slow "
                    + "answer, and the evidence is stale just when it counts; use at least "
                    + "\((interval * 2).written)")
        } else if freshness.value > window.value {
            findings.warn(
                freshness,
                "is \(freshness.value.written), longer than confirmation_window "
                    + "(\(window.value.written)): one old answer lasts for all of it")
        }
        if metricFreshness.value < .seconds(metricPeriod) {
            findings.refuse(
                metricFreshness,
                "is \(metricFreshness.value.written), less than aws.metric_period: every sample would be "
                    + "stale; use at least \((Duration.seconds(metricPeriod) + .minutes(3)).written)")
        }
    }

    func checkStall() {
        guard let stall = draft.stallAfter.located, stall.value < .seconds(330) else { return }
        for database in workload.databases where database.type == .rdsReplica && !database.heartbeat {
            findings.warn(
                stall,
                "is \(stall.value.written), but \(database.id.path) is an rds-replica, whose lag may climb "
                    + "to 5m on an idle primary; use 330s, or write a heartbeat there and say so")
        }
    }
}
