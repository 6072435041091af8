/// Where one workload stands, as the fold of its records: replaying the journal yields the same value.
public struct WorkloadState: Sendable, Equatable, Codable {
    public var phase: Phase = .watching
    public var epoch = 0
    public var phaseSince: Timestamp?
    /// Since when the current trouble has been suspected.
    public var suspectedSince: Timestamp?
    public var plan: Plan?
    public var progress: Progress?
    public var hold: Hold?
    /// The Region of the writer after a failover; nil until there was one.
    public var activeRegion: Region?
    public var lastCompletedAt: Timestamp?
    /// Since when the workload has had no standby.
    public var exposedSince: Timestamp?
    public var owedFences: [FenceAction] = []
    /// Health-check levers that were flipped to the standby and must be kept so.
    public var flippedLevers: [FlipHealthCheck] = []
    public var unsettledNotices: [Notice] = []
    public var noticeCount = 0
    /// When people were last told something.
    public var lastNoticeAt: Timestamp?
    public var lastAssessment: Assessment?
    public var lastEnding: PlanEnding?
    /// What failovers may have lost, until somebody has dealt with it; the oldest first.
    public var ledgers: [LossLedger] = []

    public init() {}

    /// Where a plan stands.
    public struct Progress: Sendable, Equatable, Codable {
        /// Index of the current step.
        public var index = 0
        /// The try that was last started; 0 before the first.
        public var attempt = 0
        /// When the first try of the current series was started; its timeout counts from here.
        public var startedAt: Timestamp?
        /// The last try has no recorded outcome yet.
        public var inFlight = false
        /// Some try may have taken effect without our knowing.
        public var mayHaveHappened = false
        public var lastFailure: String?
        public var failedAt: Timestamp?
        /// Tries in this series that ended badly.
        public var failures = 0
        public var unconfirmed: [StepID] = []
        /// Steps that were passed over although some try of theirs may have taken effect.
        public var doubtful: [StepID] = []
        /// Ids of finished steps with when they finished.
        public var finished: [Finished] = []
        /// Gates that whoever last resumed the plan took the responsibility for.
        public var passedOver: [GateID] = []
        /// Steps that were left for the recheck, with the tries that they had.
        public var interrupted: [Interrupted] = []

        public struct Finished: Sendable, Equatable, Codable {
            public var step: StepID
            public var at: Timestamp
            public var detail: String
            /// Its last try.
            public var attempt = 0
        }

        public struct Interrupted: Sendable, Equatable, Codable {
            public var step: StepID
            public var attempt: Int
            /// Some try may have taken effect.
            public var mayHaveHappened: Bool
        }
    }

    public var currentStep: Step? {
        guard let plan, let progress, plan.steps.indices.contains(progress.index) else { return nil }
        return plan.steps[progress.index]
    }

    /// The fences that the plan has made, or may have made.
    var touchedFences: [(fence: FenceAction, isMade: Bool)] {
        guard let plan, let progress else { return [] }
        return plan.steps.compactMap { step in
            guard case .fence(let fence) = step.action else { return nil }
            let isFinished = progress.finished.contains { $0.step == step.id }
            if progress.doubtful.contains(step.id) { return (fence, false) }
            if isFinished { return progress.unconfirmed.contains(step.id) ? nil : (fence, true) }
            let isTried = currentStep?.id == step.id && progress.attempt > 0
            let wasTried = progress.interrupted.contains { $0.step == step.id && $0.attempt > 0 }
            return isTried || wasTried ? (fence, false) : nil
        }
    }

    /// Whether the writer by record stands in `home`. From the moment when a promotion elsewhere may have
    /// begun it does not, and nothing may be written there, whatever answers.
    public func hasItsWriter(in home: Region) -> Bool {
        if pastPointOfNoReturn, let target = plan?.targetRegion, target != home { return false }
        return activeRegion.map { $0 == home } ?? true
    }

    /// A promoting step has been started and did not certainly fail: there may be a new writer.
    public var pastPointOfNoReturn: Bool {
        guard let plan, let progress, let point = plan.pointOfNoReturn else { return false }
        return progress.index > point
            || (progress.index == point && (progress.inFlight || progress.mayHaveHappened))
    }
}
