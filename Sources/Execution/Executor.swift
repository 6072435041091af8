import Failover

/// Carries steps out. It holds no state: what an earlier try did is seen at AWS, or said by the order.
public struct Executor: Sendable {
    private let context: ExecutionContext

    public init(_ context: ExecutionContext) {
        self.context = context
    }

    /// One try to settle an owed fence: changed groups take up to half a minute, a restart up to two, and the
    /// proof waits for its end. The next try comes up to 15 min later.
    static let owedFenceLimit = Policy.Timeouts.provenFence
    /// The lever is asserted again within a minute anyway.
    static let leverLimit = Duration.seconds(20)

    /// Always returns, soon after the order's deadline at the latest.
    public func run(_ order: StepOrder) async -> StepOutcome {
        guard let runner = runner(for: order.step, workload: order.workload, epoch: order.epoch) else {
            return .failed(
                detail: "\(order.step.id) is carried out by the controller itself, not by AWS calls",
                retryable: false, mayHaveHappened: false)
        }
        return await runner.run(
            trial(until: order.deadline), inDoubt: order.mayHaveHappened)
    }

    /// Every AWS call that the step may send, in order. What only AWS can say stands in angle brackets.
    public func plannedCalls(for step: Step) -> [PlannedCall] {
        runner(for: step, workload: nil, epoch: nil)?.plannedCalls ?? []
    }

    /// Takes about three minutes at most.
    public func settleFence(_ fence: FenceAction) async -> FenceAttempt {
        let trial = trial(until: context.now() + Self.owedFenceLimit)
        switch await FenceRunner(action: fence).fence(trial, inDoubt: false) {
        case .done(let text, _): return .settled(.fenced(detail: text.oneLine()))
        case .unneeded(let text): return .settled(.cancelled(because: text.oneLine()))
        case .failed(let failure): return .stillOwed(because: failure.detail.oneLine())
        }
    }

    /// Puts a flipped lever's value once more. Returns why it could not, or nil.
    public func assertLever(_ flip: FlipHealthCheck) async -> String? {
        let trial = trial(until: context.now() + Self.leverLimit)
        let outcome = await FlipHealthCheckRunner(action: flip).run(trial, inDoubt: false)
        return outcome.succeeded ? nil : outcome.detail
    }

    private func trial(until deadline: Timestamp) -> Trial { Trial(context: context, deadline: deadline) }

    private func runner(for step: Step, workload: WorkloadID?, epoch: Int?) -> (any StepRunner)? {
        switch step.action {
        case .recheck: nil
        case .fence(let action): FenceRunner(action: action)
        case .promoteReplica(let action): PromoteReplicaRunner(action: action)
        case .detachFromGlobalCluster(let action): DetachRunner(action: action)
        case .failoverGlobalCluster(let action): GlobalFailoverRunner(action: action)
        case .raiseCapacity(let action): RaiseCapacityRunner(action: action)
        case .awaitWriter(let action): AwaitWriterRunner(action: action)
        case .awaitCapacity(let action): AwaitCapacityRunner(action: action)
        case .moveRecord(let action):
            MoveRecordRunner(
                action: action,
                comment:
                    "drctl: failover \(epoch.map(String.init) ?? "<epoch>") of "
                    + "\(workload?.rawValue ?? "<workload>")"
            )
        case .flipHealthCheck(let action): FlipHealthCheckRunner(action: action)
        case .confirmTraffic(let action): ConfirmTrafficRunner(action: action)
        }
    }
}
