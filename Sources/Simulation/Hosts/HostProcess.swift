import AWS
import Controller
import Execution
import Failover
import Journal

/// One life of a host's controller, wired as `drctl serve` wires it.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class HostProcess: @unchecked Sendable {
    let life: Life
    let clock: HostClock
    let journal: HostJournal
    private unowned let host: Host
    private unowned let world: World
    private var controller: Controller?

    init(of host: Host, in world: World) {
        self.host = host
        self.world = world
        let life = Life(host: host.id, time: world.time)
        self.life = life
        clock = HostClock(life: life, origin: host.wallTime, driftPPM: host.plan.driftPPM)
        let id = host.id
        journal = HostJournal(world.store(of: host), life: life, trouble: host.disk) { records in
            for record in records { world.trace.note(.record(id, record)) }
        }
        let aws = world.client(of: host, life: life, clock: clock)
        let layout = world.layout
        let hands = HostHands { [unowned self] mayAct in executor(aws, mayAct) }
        controller = Controller(
            workloads: layout.workloads, maxConcurrentFailovers: layout.maxConcurrentFailovers,
            journal: journal,
            eyes: HostEyes(
                world: world, life: life, clock: clock, patience: layout.pace.round / 3, jumble: host.jumble),
            hands: hands, voice: HostVoice(notifier: SNSNotifier(aws: aws)), clock: clock,
            log: HostLog(life: life, trace: world.trace), pace: layout.pace)
        hands.controller = controller
    }

    func begin() {
        guard let controller else { return }
        Task { [self] in
            do {
                try await controller.start(
                    version: "simulated", configurationDigest: "seed \(world.seed.value)")
            } catch {
                return host.ended(self, because: "\(error)")
            }
            await controller.run()
            host.ended(self, because: await controller.fatalFault ?? "the loop has ended")
        }
    }

    func end() {
        life.end()
        controller?.kill()
        journal.close()
        // What still unwinds holds it as long as it must.
        controller = nil
    }

    /// Somebody asks at this host's operator interface.
    func request(_ request: OperatorRequest, for workload: WorkloadID) {
        guard let controller else { return }
        Task { [world, life] in
            let reply = await controller.request(request, for: workload)
            guard life.isAlive else { return }
            world.trace.note(.request(life.host, workload, request, reply))
        }
    }

    private func executor(
        _ aws: AWSClient, _ mayAct: @escaping @Sendable () async -> Bool
    ) -> Executor {
        let (clock, life, world) = (clock, life, world)
        return Executor(
            ExecutionContext(
                aws: aws, now: { clock.now() }, sleep: { try await clock.sleep(for: $0) },
                pollEvery: world.layout.pollEvery, settleTime: .seconds(30),
                answersFor: { await world.answers(for: $0, of: life) },
                probe: { await world.probe($0, of: life) }, mayAct: mayAct))
    }
}

/// Names what each call is made for, and asks the controller right before each that changes something.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
private final class HostHands: Hands, @unchecked Sendable {
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

private struct HostVoice: Voice {
    let notifier: SNSNotifier

    func deliver(_ notice: Notice) async -> [Delivery] {
        await Cause.$current.withValue(.notice(notice.id)) { await notifier.deliver(notice) }
    }
}

/// `@unchecked Sendable`: it lives on the run's one thread.
private struct HostLog: ControllerLog, @unchecked Sendable {
    let life: Life
    let trace: Trace

    func record(_ record: Record) {}

    func problem(_ message: String) {
        guard life.isAlive else { return }
        trace.note(.problem(life.host, message))
    }
}
