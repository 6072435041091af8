import Controller
import Execution
import Failover

/// Names what each call is made for, and asks the controller right before each that changes something.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class HostHands: Hands, @unchecked Sendable {
    weak var controller: Controller?
    private let executor: (@escaping @Sendable () async -> Bool) -> Executor

    init(_ executor: @escaping (@escaping @Sendable () async -> Bool) -> Executor) {
        self.executor = executor
    }

    func run(_ order: StepOrder) async -> StepOutcome {
        await Cause.$current.withValue(Cause(order)) {
            await executor { [weak controller] in await controller?.mayCarryOut(order) ?? false }.run(order)
        }
    }

    func settle(_ fence: FenceAction) async -> FenceAttempt {
        await Cause.$current.withValue(.fence(fence)) { await whenever().settleFence(fence) }
    }

    func assertLever(_ flip: FlipHealthCheck) async {
        _ = await Cause.$current.withValue(.lever(flip)) { await whenever().assertLever(flip) }
    }

    private func whenever() -> Executor {
        executor { [weak controller] in await controller?.mayAct ?? false }
    }
}

struct HostVoice: Voice {
    let notifier: SNSNotifier

    func deliver(_ notice: Notice) async -> [Delivery] {
        await Cause.$current.withValue(.notice(notice.id)) { await notifier.deliver(notice) }
    }
}

/// `@unchecked Sendable`: it lives on the run's one thread.
struct HostLog: ControllerLog, @unchecked Sendable {
    let life: Life
    let trace: Trace

    func record(_ record: Record) {}

    func problem(_ message: String) {
        guard life.isAlive else { return }
        trace.note(.problem(life.host, message))
    }
}
