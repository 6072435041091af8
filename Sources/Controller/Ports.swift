import Failover

/// Where evidence comes from.
public protocol Eyes: Sendable {
    /// One round over `workloads`. Each batch is delivered as soon as it is there, so that a hung source
    /// delays only itself. Returns when every source has answered or run out of its time.
    func look(
        at workloads: [Workload], closer: Set<WorkloadID>,
        deliver: @escaping @Sendable ([Observation]) async -> Void
    ) async
}

/// What touches AWS.
public protocol Hands: Sendable {
    func run(_ order: StepOrder) async -> StepOutcome
    func settle(_ fence: FenceAction) async -> FenceAttempt
    /// Puts a flipped lever's value once more. A failure is only logged: it is repeated within a minute.
    func assertLever(_ flip: FlipHealthCheck) async
}

/// What tells people.
public protocol Voice: Sendable {
    func deliver(_ notice: Notice) async -> [Delivery]
}

/// Time for everything in the controller: steady (see `Timestamp`), and virtual in simulations.
public protocol SteadyClock: Sendable {
    func now() -> Timestamp
    /// Throws `CancellationError` when the task is cancelled.
    func sleep(for duration: Duration) async throws
}

/// Something that an operator should find in the log. No secrets.
public protocol ControllerLog: Sendable {
    func record(_ record: Record)
    func problem(_ message: String)
    /// Worth knowing, and nothing wrong.
    func remark(_ message: String)
}

extension ControllerLog {
    public func remark(_ message: String) {}
}
