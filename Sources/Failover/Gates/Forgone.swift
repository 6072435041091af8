/// What mode *observe* keeps from being done.
extension Situation {
    /// Why a confirmed failure is not acted on: the closed gates, or the lack of a plan. In mode *observe*
    /// also what would be done in mode *automatic*: that is what the mode is for.
    var reasons: String {
        forgone ?? closedReasons
    }

    /// Set in mode *observe* while the failure is confirmed, and otherwise nil.
    var forgone: String? {
        guard policy.mode == .observe, confirmed else { return nil }
        let kept = "mode observe keeps drctl from acting"
        let others = gates().filter { !$0.open && $0.id != .mode }
        guard others.isEmpty else {
            let reasons = others.map { "\($0.id.rawValue): \($0.because)" }.joined(separator: "; ")
            return "\(kept), and in mode automatic nothing would be done either: \(reasons)"
        }
        do {
            let plan = try planner.plan()
            return "\(kept): in mode automatic it would fail \(workload.id) over \(text(of: plan)) now"
        } catch {
            return "\(kept), and in mode automatic no plan could be made either: \(error.because)"
        }
    }

    private func text(of plan: Plan) -> String {
        let steps = plan.steps.map(\.id.rawValue).joined(separator: ", ")
        let loss =
            plan.forecast.lossSeconds.map { "up to \(Duration.milliseconds(Int64($0 * 1000)).text) lost" }
            ?? "loss unknown"
        let span = Duration.milliseconds(Int64(plan.forecast.rtoSeconds * 1000)).text
        return
            "from \(workload.primaryRegion) to \(workload.standbyRegion) (\(steps); about \(span), \(loss))"
    }

    private var closedReasons: String {
        let closed = assessment.reasons
        return closed.isEmpty ? obstacle ?? "no gate is closed" : closed
    }
}
