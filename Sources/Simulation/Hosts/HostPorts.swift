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
        await Cause.$current.withValue(.fence(fence)) {
            await executor { [weak controller] in await controller?.maySettle(fence) ?? false }
                .settleFence(fence)
        }
    }

    func assertLever(_ flip: FlipHealthCheck) async {
        _ = await Cause.$current.withValue(.lever(flip)) {
            await executor { [weak controller] in await controller?.mayAct ?? false }.assertLever(flip)
        }
    }
}

/// Tells people, for as long as the controller may.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class HostVoice: Voice, @unchecked Sendable {
    weak var controller: Controller?
    private let notifier: (@escaping @Sendable () async -> Bool) -> SNSNotifier

    init(_ notifier: @escaping (@escaping @Sendable () async -> Bool) -> SNSNotifier) {
        self.notifier = notifier
    }

    func deliver(_ notice: Notice) async -> [Delivery] {
        await Cause.$current.withValue(.notice(notice.id)) {
            await notifier { [weak controller] in await controller?.maySpeak ?? false }.deliver(notice)
        }
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
