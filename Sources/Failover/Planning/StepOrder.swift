/// The order to run one step.
public struct StepOrder: Sendable, Equatable {
    public var workload: WorkloadID
    public var epoch: Int
    public var step: Step
    /// From 1.
    public var attempt: Int
    /// True when an earlier try may have taken effect (its outcome was never recorded, or was *unknown*): the
    /// runner must look, and give AWS's views time to settle, before it repeats a call.
    public var mayHaveHappened: Bool
    /// On the controller's steady clock.
    public var deadline: Timestamp

    public init(
        workload: WorkloadID, epoch: Int, step: Step, attempt: Int, mayHaveHappened: Bool, deadline: Timestamp
    ) {
        self.workload = workload
        self.epoch = epoch
        self.step = step
        self.attempt = attempt
        self.mayHaveHappened = mayHaveHappened
        self.deadline = deadline
    }
}

/// How one try of a step ended.
public enum StepOutcome: Sendable, Equatable, Codable {
    /// Done, and verified by observation. `detail` is one line for people.
    case succeeded(detail: String)
    /// Not done. `mayHaveHappened` when the effect may have taken place all the same.
    case failed(detail: String, retryable: Bool, mayHaveHappened: Bool)

    public var detail: String {
        switch self {
        case .succeeded(let detail), .failed(let detail, _, _): detail
        }
    }

    public var succeeded: Bool { if case .succeeded = self { true } else { false } }
}

/// One AWS call that a step would make, for dry runs.
public struct PlannedCall: Sendable, Equatable, Codable {
    public var service: String
    public var operation: String
    public var region: Region
    /// As sent: names and values in wire order.
    public var parameters: [Parameter]
    /// Whether it changes something.
    public var mutates: Bool

    public struct Parameter: Sendable, Equatable, Codable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(service: String, operation: String, region: Region, parameters: [Parameter], mutates: Bool) {
        self.service = service
        self.operation = operation
        self.region = region
        self.parameters = parameters
        self.mutates = mutates
    }
}
