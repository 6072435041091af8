import Controller
import Execution
import Failover
import Foundation
import Logging
import Observers

/// The controller's ports, filled by the other rooms.
struct WatchingEyes: Eyes {
    let watch: Watch

    func look(
        at workloads: [Workload], closer: Set<WorkloadID>,
        deliver: @escaping @Sendable ([Observation]) async -> Void
    ) async {
        await watch.round(workloads, closer: closer, deliver: deliver)
    }
}

struct ExecutingHands: Hands {
    let executor: Executor
    /// An executor that asks, right before every call that changes something, whether this order still
    /// stands.
    let executorFor: @Sendable (StepOrder) -> Executor
    let logger = Logger(label: "drctl.hands")

    func run(_ order: StepOrder) async -> StepOutcome { await executorFor(order).run(order) }

    func settle(_ fence: FenceAction) async -> FenceAttempt { await executor.settleFence(fence) }

    func assertLever(_ flip: FlipHealthCheck) async {
        if let failure = await executor.assertLever(flip) {
            logger.warning("the lever of \(flip.lever.name) could not be asserted: \(failure)")
        }
    }
}

struct PublishingVoice: Voice {
    let notifier: SNSNotifier

    func deliver(_ notice: Notice) async -> [Delivery] { await notifier.deliver(notice) }
}

/// Writes what is recorded to the log as well: `journalctl -u drctl` tells the story too.
struct ServiceLog: ControllerLog {
    let logger = Logger(label: "drctl")

    func record(_ record: Record) {
        let line = sanitized(oneLine(RecordText(record: record).line))
        switch record.event {
        case .assessed, .noticeSettled: logger.debug("\(line)")
        case .fenceOwed, .requestRefused: logger.warning("\(line)")
        case .phaseChanged(_, let to, _, _) where to == .needsOperator || to == .blocked:
            logger.error("\(line)")
        default: logger.info("\(line)")
        }
    }

    func problem(_ message: String) { logger.critical("\(sanitized(oneLine(message)))") }

    func remark(_ message: String) { logger.notice("\(sanitized(oneLine(message)))") }
}
