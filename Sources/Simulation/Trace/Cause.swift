import Failover

/// Which directive of the controller a call is made for.
public enum Cause: Sendable, Equatable {
    case step(WorkloadID, epoch: Int, step: StepID, attempt: Int)
    case fence(FenceAction)
    case lever(FlipHealthCheck)
    case notice(Happening.NoticeID)

    public init(_ order: StepOrder) {
        self = .step(order.workload, epoch: order.epoch, step: order.step.id, attempt: order.attempt)
    }

    /// Set around each directive by the host's hands and voice, and read where a call leaves the host: the
    /// client and the runners between the two need not know.
    @TaskLocal static var current: Cause?

    var text: String {
        switch self {
        case .step(let workload, let epoch, let step, let attempt):
            "\(workload) failover \(epoch) \(step), try \(attempt)"
        case .fence(let fence): "the owed fence of \(fence.identifier)"
        case .lever(let flip): "the lever of \(flip.lever.name)"
        case .notice(let id): "notice \(id)"
        }
    }
}
