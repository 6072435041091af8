import AWS
import Failover

/// Puts a value on the metric behind the PRIMARY's health check, through data planes only. There is nothing
/// to look at afterwards that would not need a control plane: the proof is DNS's answer, in the step that
/// confirms the traffic.
struct FlipHealthCheckRunner: StepRunner, Effect {
    let action: FlipHealthCheck

    private var lever: HealthCheckLever { action.lever }

    var what: String { "the value \(value) on \(lever.namespace) \(lever.metric) in \(lever.region)" }
    var place: String { lever.region.rawValue }
    var advice: String { "Look at CloudWatch in \(lever.region), then resume the plan." }
    /// Two samples of one value say the same as one.
    var isRepeatable: Bool { true }
    var doneOnceAccepted: String? { "CloudWatch in \(lever.region) has taken \(value) for \(lever.metric)" }

    private var value: String { action.value == 1 ? "1" : action.value == 0 ? "0" : "\(action.value)" }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Void> {
        .notYet("CloudWatch in \(lever.region) has not taken it yet", ())
    }

    func act(on ground: Void, _ trial: Trial) async throws(AWSError) {
        try await trial.change(sample, in: lever.region)
    }

    /// Without a time, so that CloudWatch's own clock counts; with the default resolution, which is all that
    /// a health check can follow.
    private var sample: PutMetricData {
        let dimensions = lever.dimensions.sorted { $0.key < $1.key }
        return PutMetricData(
            namespace: lever.namespace,
            metricData: [
                MetricDatum(
                    metricName: lever.metric,
                    dimensions: dimensions.map { Dimension(name: $0.key, value: $0.value) },
                    value: action.value)
            ])
    }

    var plannedCalls: [PlannedCall] { [PlannedCall(sample, in: lever.region)] }
}
