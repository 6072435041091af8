import Failover

/// How long a step has run, how long it usually takes, and when it would be given up.
struct StepPace {
    private let elapsed: Duration
    private let usual: Duration
    private let limit: Duration

    /// Nil for a step that does not run.
    init?(plan: Plan, step: PlanView.StepView, now: Timestamp) {
        guard step.state == .running || step.state == .retrying, let since = step.at,
            let planned = plan.step(step.id)
        else { return nil }
        elapsed = max(.zero, now - since)
        usual = .milliseconds(Int64(planned.action.typicalSeconds(timeout: planned.timeout) * 1000))
        limit = planned.timeout
    }

    var text: String { "for \(elapsed.text), usually \(usual.text), at most \(limit.text)" }
}
