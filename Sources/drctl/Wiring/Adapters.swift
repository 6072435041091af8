import Controller
import Execution
import Failover
import Foundation
import Logging
import Observers

/// The controller's ports, filled by the other rooms.
struct WatchingEyes: Eyes {
    let watch: Watch
    /// Of a service that runs for long; nil for one that waits for each of its rounds.
    let collector: Collector?
    /// Whose configured primary must not be written to.
    let moved: @Sendable () async -> Set<WorkloadID>

    func look(
        at workloads: [Workload], closer: Set<WorkloadID>,
        deliver: @escaping @Sendable ([Observation]) async -> Void
    ) async {
        let workloads = workloads.sparing(await moved())
        if let collector {
            await collector.look(at: workloads, closer: closer, deliver: deliver)
        } else {
            await watch.round(workloads, closer: closer, deliver: deliver)
        }
    }
}

struct ExecutingHands: Hands {
    let executor: Executor
    /// An executor that asks, right before every call that changes something, whether this order still
    /// stands.
    let executorFor: @Sendable (StepOrder) -> Executor
    /// The same for a fence that is owed.
    let executorForFence: @Sendable (FenceAction) -> Executor
    let logger = Logger(label: "drctl.hands")

    func run(_ order: StepOrder) async -> StepOutcome { await executorFor(order).run(order) }

    func settle(_ fence: FenceAction) async -> FenceAttempt {
        await executorForFence(fence).settleFence(fence)
    }

    func assertLever(_ flip: FlipHealthCheck) async {
        if let failure = await executor.assertLever(flip) {
            logger.warning("the lever of \(flip.lever.name) could not be asserted: \(failure)")
        }
    }
}

/// Everybody at once: topics first in the list, then notifiers.
struct PublishingVoice: Voice {
    let topics: SNSNotifier
    let notifiers: Notifiers

    func deliver(_ notice: Notice) async -> [Delivery] {
        async let told = notifiers.tell(Bulletin(notice))
        let published = await topics.deliver(notice)
        return published + (await told)
    }
}

/// Writes what is recorded to the log as well: `journalctl -u drctl` tells the story too.
struct ServiceLog: ControllerLog {
    let logger = Logger(label: "drctl")

    func record(_ record: Record) {
        let line = sanitized(oneLine(RecordText(record: record).line))
        logger.log(level: level(of: record.event), "\(line)", metadata: fields(of: record))
    }

    private func level(of event: Event) -> Logger.Level {
        switch event {
        case .assessed, .noticeSettled: .debug
        case .fenceOwed, .requestRefused: .warning
        case .phaseChanged(_, let to, _, _) where to == .needsOperator || to == .blocked: .error
        default: .info
        }
    }

    /// What one looks for in a log of many workloads.
    private func fields(of record: Record) -> Logger.Metadata {
        var fields: Logger.Metadata = [:]
        if let workload = record.workload { fields["workload"] = "\(workload.rawValue)" }
        if let rule = record.rule { fields["rule"] = "\(rule)" }
        if record.epoch > 0 { fields["failover"] = "\(record.epoch)" }
        return fields
    }

    func problem(_ message: String) { logger.critical("\(sanitized(oneLine(message)))") }

    func remark(_ message: String) { logger.notice("\(sanitized(oneLine(message)))") }
}
