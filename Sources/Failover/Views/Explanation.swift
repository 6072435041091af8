/// What the journal says about where a workload stood at one time: why something was done, or which gates
/// kept it from being done, since when, and on what evidence. The fold of the workload's records until then.
public struct Explanation: Sendable, Equatable, Codable {
    public var workload: WorkloadID
    /// The time that was asked for; nil: now.
    public var at: Timestamp?
    public var phase: Phase?
    public var since: Timestamp?
    public var rule: RuleID?
    public var because: String?
    /// The judgement that the phase rests on, or the newest on record since then. One is recorded when it
    /// differs in kind from the last, at most once in 5 s, and in 60 s while they go to and fro.
    public var assessment: Assessment?
    /// The gates that it found closed, each with the time since when no judgement has found it open.
    public var closed: [ClosedGate] = []
    public var ending: PlanEnding?
    /// What the failover was decided on that runs, has stopped or was the last; nil before one, and after it
    /// was given up early or the workload is watched again.
    public var decision: Decision?
    /// What people were last told.
    public var told: String?
    /// Set when nobody watched at that time.
    public var absence: Absence?
    /// What led here, oldest first.
    public var records: [Record] = []

    public struct ClosedGate: Sendable, Equatable, Codable {
        public var id: GateID
        public var since: Timestamp
        public var because: String
        public var evidence: [Testimony]
    }

    /// Why a failover began.
    public struct Decision: Sendable, Equatable, Codable {
        public var at: Timestamp
        public var rule: RuleID?
        public var because: String
        /// By itself, or who said so and why; nil where the journal does not have the plan.
        public var origin: Plan.Origin?
        public var assessment: Assessment
    }

    /// Nobody watched.
    public struct Absence: Sendable, Equatable, Codable {
        /// The last that is known of the process before.
        public var since: Timestamp
        /// When the next one began; nil when none had by now.
        public var until: Timestamp?
        /// Why it had stopped; nil when it did not say: it may have died at any time since.
        public var reason: String?
    }

    /// `records`: of the workload and of the controller as a whole, in order, until `at`.
    public init(workload: WorkloadID, at: Timestamp? = nil, records: [Record]) {
        self.workload = workload
        self.at = at
        var closedSince: [GateID: Timestamp] = [:]
        var origin: Plan.Origin?
        for record in records where record.workload == workload || record.workload == nil {
            if case .planAdopted(let plan) = record.event { origin = plan.origin }
            take(record)
            guard let judged = record.event.assessment, record.workload == workload else { continue }
            let closed = Set(judged.closedGates)
            closedSince = closedSince.filter { closed.contains($0.key) }
            for id in closed where closedSince[id] == nil { closedSince[id] = record.at }
        }
        // The plan is on record beside the phase.
        decision?.origin = origin
        closed = (assessment?.gates ?? []).filter { !$0.open }.map { gate in
            ClosedGate(
                id: gate.id, since: closedSince[gate.id] ?? assessment?.at ?? Timestamp(milliseconds: 0),
                because: gate.because, evidence: gate.evidence ?? [])
        }
        self.records = records.filter { $0.workload == workload && !$0.event.isTalk }.suffix(15)
    }

    private mutating func take(_ record: Record) {
        switch record.event {
        case .phaseChanged(let from, let to, let because, let assessment):
            (phase, since, rule) = (to, record.at, record.rule)
            (self.because, self.assessment) = (because, assessment)
            switch to {
            case .failingOver where from != .needsOperator && from != .failingOver:
                decision = Decision(
                    at: record.at, rule: record.rule, because: because, assessment: assessment)
            case .failingOver, .needsOperator, .failedOver: break
            case .watching, .suspected, .blocked, .awaitingApproval: decision = nil
            }
        case .assessed(let assessment): self.assessment = assessment
        case .planEnded(let ending): self.ending = ending
        case .noticeIssued(let notice): told = notice.headline
        case .controllerStopped(let reason): absence = Absence(since: record.at, reason: reason)
        case .controllerStarted: absence = nil
        default: break
        }
    }

    /// Takes in what came right after `at`. When that was the controller's start, nobody watched before:
    /// since its stop, or, when it had died without a word, since the last one.
    public mutating func take(next record: Record, lastWord: Timestamp?) {
        guard case .controllerStarted = record.event else { return }
        if absence == nil, let lastWord { absence = Absence(since: lastWord) }
        absence?.until = record.at
    }

    /// True when the journal knows nothing of the workload by then.
    public var isEmpty: Bool { phase == nil && assessment == nil }
}

extension Event {
    fileprivate var assessment: Assessment? {
        switch self {
        case .phaseChanged(_, _, _, let assessment), .assessed(let assessment): assessment
        default: nil
        }
    }

    /// Told to people, or judged in between: not what led to a phase.
    fileprivate var isTalk: Bool {
        switch self {
        case .noticeIssued, .noticeSettled, .assessed: true
        default: false
        }
    }
}
