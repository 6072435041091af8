/// One workload as people see it: the answer of `drctl status`, and of `GET /v1/status`.
public struct WorkloadView: Sendable, Equatable, Codable {
    public var id: WorkloadID
    public var phase: Phase
    public var phaseSince: Timestamp?
    public var mode: Policy.Mode
    public var primaryRegion: Region
    public var standbyRegion: Region
    /// Where the writer is.
    public var activeRegion: Region
    public var epoch: Int
    /// The newest judgement; nil before the first look.
    public var assessment: Assessment?
    public var hold: Hold?
    public var plan: PlanView?
    public var owedFences: [FenceAction]
    /// Databases whose old writer is not fenced because the configuration says so, after a failover.
    public var unfenced: [DatabaseID]
    public var exposedSince: Timestamp?
    public var lastCompletedAt: Timestamp?
    /// Names whose traffic a flipped health-check lever holds on the standby: a running service asserts it.
    public var heldLevers: [String]
    /// Notices that no topic has taken yet.
    public var undeliveredNotices: Int
    public var priority: Int
    /// What failovers may have lost, until somebody has dealt with it.
    public var ledgers: [LossLedger]
}

/// A plan with how far it has come.
public struct PlanView: Sendable, Equatable, Codable {
    public var plan: Plan
    public var steps: [StepView]
    public var ending: PlanEnding?

    public struct StepView: Sendable, Equatable, Codable {
        public var id: StepID
        public var state: StepState
        public var at: Timestamp?
        public var attempt: Int
        public var detail: String?
    }

    public enum StepState: String, Sendable, Codable {
        case waiting, running, retrying, done, unconfirmed, stopped
    }
}

/// What a failover would do if it were asked for now. Nothing is changed by asking.
public struct DryRun: Sendable, Equatable, Codable {
    public var workload: WorkloadID
    public var assessment: Assessment
    /// Gates that `drctl failover` would pass over by itself or by the options given.
    public var overridden: [GateID]
    /// Gates that would refuse it. Empty: it would start.
    public var refusedBy: [GateID]
    /// Gates that keep the controller from starting by itself.
    public var automaticRefusedBy: [GateID]
    public var plan: Plan?
    /// Why no plan could be made; nil when there is one.
    public var obstacle: String?
}

extension DecisionMachine {
    public func views(now: Timestamp) -> [WorkloadView] { order.compactMap { view(of: $0, now: now) } }

    public func view(of id: WorkloadID, now: Timestamp) -> WorkloadView? {
        guard let machine = machine(of: id) else { return nil }
        let (workload, state) = (machine.workload, machine.state)
        let turn = turn(for: id, now)
        let failedOver = state.activeRegion != nil
        return WorkloadView(
            id: id, phase: state.phase, phaseSince: state.phaseSince, mode: workload.policy.mode,
            primaryRegion: workload.primaryRegion, standbyRegion: workload.standbyRegion,
            activeRegion: state.activeRegion ?? workload.primaryRegion, epoch: state.epoch,
            assessment: machine.situation(turn).assessment, hold: state.hold, plan: state.planView,
            owedFences: state.owedFences,
            unfenced: failedOver ? workload.databases.filter { $0.fencing.method == .none }.map(\.id) : [],
            exposedSince: state.exposedSince, lastCompletedAt: state.lastCompletedAt,
            heldLevers: state.flippedLevers.map(\.lever.name),
            undeliveredNotices: state.unsettledNotices.count, priority: workload.priority,
            ledgers: state.ledgers)
    }

    /// Whether this process may act now and for `margin` more; always true where no lease is needed.
    public func leads(at now: Timestamp, margin: Duration = .zero) -> Bool {
        leadership.leads(at: now, margin: margin)
    }

    /// The newest view of the lease; nil where none is needed or nothing is known yet.
    public var lease: LeaseView? { leadership.lease }

    /// Why `order` must not be carried out any more, asked right before each call that changes something: a
    /// step may wait for half an hour for its moment, and the primary may be back by then. Nil when nothing
    /// speaks against it. `margin`: what must be left of the lease, for the call to get there.
    public func objection(
        to order: StepOrder, now: Timestamp, margin: Duration = .seconds(1)
    ) -> String? {
        guard leads(at: now, margin: margin) else { return heldElsewhere }
        guard let machine = machine(of: order.workload) else { return "the workload is not known any more" }
        let state = machine.state
        guard state.phase == .failingOver, state.epoch == order.epoch, state.currentStep?.id == order.step.id,
            state.progress?.attempt == order.attempt
        else { return "the step is not what the plan waits for any more" }
        let signs = machine.situation(turn(for: order.workload, now)).spelled().returnSigns
        return signs.isEmpty ? nil : "the primary is alive: \(signs.joined(separator: "; "))"
    }

    /// Judges `request` as it would be judged now, and makes the plan, without recording anything.
    public func dryRun(_ request: OperatorRequest, of id: WorkloadID, now: Timestamp) -> DryRun? {
        guard let machine = machine(of: id) else { return nil }
        let situation = machine.situation(turn(for: id, now), request: request)
        var dryRun = DryRun(
            workload: id, assessment: situation.assessment,
            overridden: situation.overridden.ids.sorted(),
            refusedBy: situation.closedGates.subtracting(situation.overridden).ids,
            automaticRefusedBy: situation.closedGates.ids,
            plan: nil, obstacle: nil)
        do {
            dryRun.plan = try situation.planner.plan()
        } catch {
            dryRun.obstacle = error.because
        }
        return dryRun
    }
}

extension WorkloadState {
    public var planView: PlanView? {
        guard let plan, let progress else { return nil }
        let finished = Dictionary(progress.finished.map { ($0.step, $0) }, uniquingKeysWith: { $1 })
        let steps = plan.steps.enumerated().map { index, step in
            if let done = finished[step.id] {
                let state: PlanView.StepState = progress.unconfirmed.contains(step.id) ? .unconfirmed : .done
                return PlanView.StepView(
                    id: step.id, state: state, at: done.at, attempt: 0, detail: done.detail)
            }
            guard index == progress.index else {
                return PlanView.StepView(id: step.id, state: .waiting, at: nil, attempt: 0, detail: nil)
            }
            let stopped = phase == .needsOperator || phase == .failedOver
            let state: PlanView.StepState = stopped ? .stopped : progress.inFlight ? .running : .retrying
            return PlanView.StepView(
                id: step.id, state: state, at: progress.startedAt, attempt: progress.attempt,
                detail: progress.lastFailure)
        }
        return PlanView(plan: plan, steps: steps, ending: lastEnding)
    }
}
