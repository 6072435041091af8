import Failover

/// Carries one kind of action out. It makes no choices: what to do is all in the order.
protocol StepRunner: Sendable {
    /// Every AWS call that `run` may send, made from the same operations, for the dry run.
    var plannedCalls: [PlannedCall] { get }
    /// Always returns, at the latest soon after the order's deadline.
    func run(_ trial: Trial, inDoubt: Bool) async -> StepOutcome
}

/// An effect of its own is a runner as it is.
extension StepRunner where Self: Effect {
    func run(_ trial: Trial, inDoubt: Bool) async -> StepOutcome {
        var pursuit = Pursuit(self, trial, inDoubt: inDoubt)
        return await pursuit.run().outcome
    }
}

/// What is only waited for leaves nothing in doubt.
extension StepRunner where Self: Awaited {
    func run(_ trial: Trial, inDoubt: Bool) async -> StepOutcome {
        var pursuit = Pursuit(self, trial, inDoubt: false)
        return await pursuit.run().outcome
    }
}
