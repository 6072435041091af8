/// What the decision machine is told. All values: it asks for nothing.
public enum Input: Sendable {
    /// The journal has been replayed and the loop begins.
    case started(version: String, configurationDigest: String)
    case observed([Observation])
    /// Time has passed.
    case tick
    case request(WorkloadID, OperatorRequest)
    case stepFinished(WorkloadID, epoch: Int, step: StepID, attempt: Int, outcome: StepOutcome)
    case fenceFinished(WorkloadID, FenceAction, FenceAttempt)
    case noticeFinished(WorkloadID, id: String, deliveries: [Delivery])
    /// Somebody outside (a webhook, an alarm) says that something is wrong: a reason to look, never evidence.
    case nudged(WorkloadID, source: String)
    /// What is known of the lease now. Only where several hosts share a journal.
    case lease(LeaseView)
}

/// How one try to settle an owed fence ended.
public enum FenceAttempt: Sendable, Equatable {
    case settled(FenceSettlement)
    case stillOwed(because: String)
}

/// What the controller is to do, after it has made the records durable.
public enum Directive: Sendable, Equatable {
    case perform(StepOrder)
    case settleFence(WorkloadID, FenceAction)
    case deliver(Notice)
    /// Keep a flipped health-check lever asserted: an alarm without data would let go of it.
    case assertLever(WorkloadID, FlipHealthCheck)
}

/// What came of one input.
public struct Decision: Sendable, Equatable {
    public var records: [Record] = []
    public var directives: [Directive] = []
    /// Set for requests.
    public var reply: OperatorReply?

    public init() {}
}
