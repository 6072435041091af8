/// One durable line of the journal: written before anything acts on it, never changed.
public struct Record: Sendable, Equatable, Codable {
    public var at: Timestamp
    /// Nil for the controller as a whole.
    public var workload: WorkloadID?
    /// The workload's failover epoch at that moment: 0 before the first one.
    public var epoch: Int
    /// The rule that fired, when a rule did.
    public var rule: RuleID?
    public var event: Event

    public init(at: Timestamp, workload: WorkloadID?, epoch: Int, rule: RuleID?, event: Event) {
        self.at = at
        self.workload = workload
        self.epoch = epoch
        self.rule = rule
        self.event = event
    }
}

/// What happened. A new case is a new schema version of the journal; a case is never given another meaning.
public enum Event: Sendable, Equatable, Codable {
    case controllerStarted(version: String, configurationDigest: String)
    case controllerStopped(reason: String)
    case phaseChanged(from: Phase, to: Phase, because: String, assessment: Assessment)
    /// The judgement changed without a change of phase.
    case assessed(assessment: Assessment)
    case requestReceived(request: OperatorRequest)
    case requestRefused(request: OperatorRequest, because: String)
    case planAdopted(plan: Plan)
    /// The intent, durable before the step may touch anything.
    case stepStarted(step: StepID, attempt: Int)
    case stepFinished(step: StepID, attempt: Int, outcome: StepOutcome)
    /// The change is made but not proven in time: the plan goes on without the proof.
    case stepUnconfirmed(step: StepID, because: String)
    case planEnded(ending: PlanEnding)
    /// After a restart before anything was promoted: back to the recheck, and every gate is judged again.
    case planRewound(because: String)
    /// A fence that could not be made in time and is owed.
    case fenceOwed(fence: FenceAction, because: String)
    case fenceSettled(fence: FenceAction, settlement: FenceSettlement)
    case holdPlaced(hold: Hold)
    case holdReleased(by: String, reason: String)
    case noticeIssued(notice: Notice)
    case noticeSettled(id: String, deliveries: [Delivery])
    /// The promoted side has a replica again.
    case exposureEnded(because: String)
    /// Somebody outside says that something is wrong: drctl looks now. It proves nothing by itself.
    case nudged(source: String)
    /// What the failover is known to cost, frozen as the plan was adopted.
    case lossFrozen(ledger: LossLedger)
    case ledgerClosed(failover: Int, by: String, reason: String)
}

/// How a plan ended.
public struct PlanEnding: Sendable, Equatable, Codable {
    public var outcome: Outcome
    public var because: String
    /// Steps whose effect is made but not proven, by id.
    public var unconfirmed: [StepID]

    public enum Outcome: String, Sendable, Codable {
        case completed
        /// Given up before anything was changed.
        case abandoned
        /// Given up by an operator after something was changed.
        case abandonedHalfway = "abandoned-halfway"
    }

    public init(outcome: Outcome, because: String, unconfirmed: [StepID] = []) {
        self.outcome = outcome
        self.because = because
        self.unconfirmed = unconfirmed
    }
}

public enum FenceSettlement: Sendable, Equatable, Codable {
    case fenced(detail: String)
    /// Not needed any more: the old writer is gone or is a replica now, or the roles were set right again.
    case cancelled(because: String)
}

/// An operator's stop: nothing starts for this workload, whatever the evidence says.
public struct Hold: Sendable, Equatable, Codable {
    public var by: String
    public var reason: String
    public var since: Timestamp

    public init(by: String, reason: String, since: Timestamp) {
        self.by = by
        self.reason = reason
        self.since = since
    }
}
