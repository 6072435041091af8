import Failover

/// What the journal says of one workload.
struct Story {
    private(set) var phase = Phase.watching
    /// True time.
    private(set) var phaseSince: Timestamp?
    private(set) var epoch = 0
    private(set) var plan: Plan?
    /// True time at which the plan became durable.
    private(set) var planAdoptedAt: Timestamp?
    private(set) var isPlanOpen = false
    /// Tries that were begun, of the current plan.
    private(set) var begun: Set<Try> = []
    private(set) var succeeded: Set<StepID> = []
    private(set) var passedOver: Set<StepID> = []
    /// True time at which the newest try of a recheck began.
    private(set) var recheckedAt: Timestamp?
    private(set) var owedFences: [FenceAction] = []
    /// Every fence that was owed in this epoch, settled or not.
    private(set) var everOwed: [FenceAction] = []
    /// True time since when a database's old writer has been on record as fenced.
    private(set) var fencedAt: [DatabaseID: Timestamp] = [:]
    private(set) var hold: Hold?
    /// When a failover was last completed, on the clock of the host that recorded it.
    private(set) var completedAt: Timestamp?
    private(set) var flips: [FlipHealthCheck] = []
    private(set) var ending: PlanEnding?
    /// Failovers whose loss was put down in the ledger.
    private(set) var frozen: Set<Int> = []
    /// Ids of the notices on record.
    private(set) var issued: Set<Happening.NoticeID> = []
    /// Those of them that are on record as told.
    private(set) var settled: Set<Happening.NoticeID> = []
    /// Which gates the last judgement on record calls closed.
    private(set) var closedGates: [GateID] = []

    struct Try: Hashable {
        var step: StepID
        var attempt: Int
    }

    mutating func take(_ record: Record, at now: Timestamp) {
        switch record.event {
        case .phaseChanged(_, let to, _, let assessment):
            phase = to
            phaseSince = now
            closedGates = assessment.gates.filter { !$0.open }.map(\.id)
        case .assessed(let assessment): closedGates = assessment.gates.filter { !$0.open }.map(\.id)
        case .planAdopted(let plan): adopt(plan, at: now)
        case .stepStarted(let step, let attempt):
            begun.insert(Try(step: step, attempt: attempt))
            if case .recheck? = plan?.step(step)?.action { recheckedAt = now }
        case .stepFinished(let step, _, .succeeded):
            succeeded.insert(step)
            switch plan?.step(step)?.action {
            case .flipHealthCheck(let flip)?: flips.append(flip)
            case .fence(let fence)? where fence.method != .none: fencedAt[fence.database] = now
            default: break
            }
        case .stepUnconfirmed(let step, _): passedOver.insert(step)
        case .planRewound: rewind()
        case .lossFrozen(let ledger): frozen.insert(ledger.failover)
        case .planEnded(let ending):
            self.ending = ending
            isPlanOpen = false
            if ending.outcome == .completed { completedAt = record.at }
        case .fenceOwed(let fence, _):
            if !owedFences.contains(fence) { owedFences.append(fence) }
            everOwed.append(fence)
        case .fenceSettled(let fence, let settlement):
            owedFences.removeAll { $0 == fence }
            if case .fenced = settlement { fencedAt[fence.database] = now }
        case .holdPlaced(let hold): self.hold = hold
        case .holdReleased: hold = nil
        case .noticeIssued(let notice): issued.insert(notice.id)
        case .noticeSettled(let id, _): settled.insert(id)
        default: break
        }
    }

    /// A recheck changes nothing, so it alone may be done again.
    private mutating func rewind() {
        guard let recheck = plan?.steps.first(where: { $0.action == .recheck }) else { return }
        begun = begun.filter { $0.step != recheck.id }
        succeeded.remove(recheck.id)
        recheckedAt = nil
    }

    private mutating func adopt(_ plan: Plan, at now: Timestamp) {
        self.plan = plan
        planAdoptedAt = now
        epoch = plan.epoch
        isPlanOpen = true
        (begun, succeeded, passedOver, everOwed) = ([], [], [], [])
        (recheckedAt, ending) = (nil, nil)
    }

    /// The plan's step that promotes `database`.
    func promotion(of database: DatabaseID) -> Step? {
        plan?.steps.first { step in
            switch step.action {
            case .promoteReplica(let action): action.database == database
            case .detachFromGlobalCluster(let action): action.database == database
            case .failoverGlobalCluster(let action): action.database == database
            default: false
            }
        }
    }

    /// The plan's fence of `database` was carried out.
    func hasFenced(_ database: DatabaseID) -> Bool {
        fenceSteps(of: database).contains(where: succeeded.contains)
    }

    func fenceSteps(of database: DatabaseID) -> [StepID] {
        (plan?.steps ?? []).compactMap { step in
            guard case .fence(let fence) = step.action, fence.database == database else { return nil }
            return step.id
        }
    }

    /// Nobody's word was asked for: what is not proven must not be done.
    var isAutomatic: Bool {
        switch plan?.origin {
        case .automatic?, .approved?: true
        case .manual?, nil: false
        }
    }
}
