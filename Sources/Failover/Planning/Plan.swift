/// An immutable, ordered list of steps, complete before the first one runs. Execution makes no choices.
public struct Plan: Sendable, Equatable, Codable {
    public var workload: WorkloadID
    /// Which failover of this workload this is, from 1. Every effect carries it.
    public var epoch: Int
    public var createdAt: Timestamp
    public var origin: Origin
    public var steps: [Step]
    public var forecast: Forecast

    /// Who set it off.
    public enum Origin: Sendable, Equatable, Codable {
        case automatic
        case approved(by: String, reason: String)
        case manual(by: String, reason: String, overrides: [GateID])
    }

    public init(
        workload: WorkloadID, epoch: Int, createdAt: Timestamp, origin: Origin, steps: [Step],
        forecast: Forecast
    ) {
        self.workload = workload
        self.epoch = epoch
        self.createdAt = createdAt
        self.origin = origin
        self.steps = steps
        self.forecast = forecast
    }

    public func step(_ id: StepID) -> Step? { steps.first { $0.id == id } }

    /// The Region that the writer moves to; nil for a plan that promotes nothing (which the lint refuses).
    public var targetRegion: Region? {
        for step in steps {
            switch step.action {
            case .promoteReplica(let action): return action.region
            case .detachFromGlobalCluster(let action): return action.region
            case .failoverGlobalCluster(let action): return action.region
            default: continue
            }
        }
        return nil
    }

    /// From the first promoting step on there may be a new writer, and going on is safer than going back.
    public var pointOfNoReturn: Int? { steps.firstIndex { $0.action.promotes } }
}

/// What the plan is expected to cost.
public struct Forecast: Sendable, Equatable, Codable {
    /// Seconds from the plan's start to confirmed traffic, from the typical duration of each step.
    public var rtoSeconds: Double
    /// Lag with the age of the sample at the decision; nil when the lag is unknown.
    public var lossSeconds: Double?
    /// The newest primary time that the worst replica had applied; nil when unknown.
    public var appliedUpTo: Timestamp?

    public init(rtoSeconds: Double, lossSeconds: Double?, appliedUpTo: Timestamp?) {
        self.rtoSeconds = rtoSeconds
        self.lossSeconds = lossSeconds
        self.appliedUpTo = appliedUpTo
    }
}

public struct Step: Sendable, Equatable, Codable {
    public var id: StepID
    public var action: Action
    /// The longest time for the step, all tries and waiting included. Milliseconds, > 0.
    public var timeoutMilliseconds: Int64
    /// How often the runner may be started for it before an operator is asked. >= 1.
    public var tries: Int
    public var onFailure: OnFailure

    /// What follows when the step is out of tries or time.
    public enum OnFailure: String, Sendable, Codable {
        /// Nothing has been changed yet: give the plan up and go on watching.
        case abandon
        /// Stop here and ask a person.
        case askOperator
        /// Note it as owed, tell people, and go on (an old writer that cannot be fenced yet).
        case owe
        /// Note it, tell people, and go on: the change is made and only the proof of it is missing, or the
        /// clients are better off with too little capacity than without a service.
        case noteUnconfirmed
    }

    public init(id: StepID, action: Action, timeout: Duration, tries: Int, onFailure: OnFailure) {
        self.id = id
        self.action = action
        self.timeoutMilliseconds = timeout.milliseconds
        self.tries = tries
        self.onFailure = onFailure
    }

    public var timeout: Duration { .milliseconds(timeoutMilliseconds) }
}
