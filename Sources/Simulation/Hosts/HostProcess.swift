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
    private let restarts = Restarts()

    /// `store`: what keeps the records of a host that is alone.
    init(of host: Host, store: any JournalStore, in world: World) {
        self.host = host
        self.world = world
        let layout = world.layout
        let order = world.seed.stream("waking/\(host.id)/\(host.lives)")
        let life = Life(host: host.id, time: world.time, order: order)
        self.life = life
        let clock = HostClock(life: life, origin: host.agreedTime, driftPPM: host.plan.driftPPM)
        self.clock = clock
        let remote = layout.leaseTerms.map {
            RemoteStore(host.shelf, of: world, life: life, clock: clock, terms: $0)
        }
        journal = HostJournal(remote ?? store, life: life, trouble: host.disk)
        let aws = Self.client(of: host, life, clock, remote, in: world)
        let hands = HostHands { [unowned self] mayAct in executor(aws, mayAct) }
        let eyes = HostEyes(
            world: world, life: life, clock: clock, patience: layout.pace.round / 3, jumble: host.jumble)
        let voice = HostVoice { SNSNotifier(aws: aws.asking($0)) }
        let log = HostLog(life: life, trace: world.trace)
        let facts = HostFacts(region: host.plan.region)
        if let remote, let terms = layout.leaseTerms {
            controller = Controller(
                workloads: layout.workloads, maxConcurrentFailovers: layout.maxConcurrentFailovers,
                shared: SharedJournal(
                    journal: journal, lease: remote, holder: host.id.rawValue,
                    instance: "\(host.id)-\(host.lives)", terms: terms),
                eyes: eyes, hands: hands, voice: voice, clock: clock, log: log, pace: layout.pace,
                fleetBrake: layout.fleetBrake, host: facts)
        } else {
            controller = Controller(
                workloads: layout.workloads, maxConcurrentFailovers: layout.maxConcurrentFailovers,
                journal: journal, eyes: eyes, hands: hands, voice: voice, clock: clock, log: log,
                pace: layout.pace, fleetBrake: layout.fleetBrake, host: facts)
        }
        hands.controller = controller
        voice.controller = controller
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

    /// Somebody asks at this host's operator interface. One that stands still answers when it goes on.
    func request(_ request: OperatorRequest, for workload: WorkloadID) {
        guard let controller else { return }
        life.whenAwake { [world, life] in
            Task {
                let reply = await controller.request(request, for: workload)
                guard life.isAlive else { return }
                world.trace.note(.request(life.host, workload, request, reply))
            }
        }
    }

    /// An alarm comes in at this host's webhook.
    func hear(ofAlarm name: String, about workload: WorkloadID) {
        guard let controller else { return }
        life.whenAwake { [world, life] in
            world.trace.note(.alarm(life.host, workload, name: name))
            Task { await controller.lookNow(at: workload, because: name) }
        }
    }

    private func executor(
        _ aws: AWSClient, _ mayAct: @escaping @Sendable () async -> Bool
    ) -> Executor {
        let (clock, life, world, restarts) = (clock, life, world, restarts)
        return Executor(
            ExecutionContext(
                aws: aws, now: { clock.now() }, sleep: { try await clock.sleep(for: $0) },
                pollEvery: world.layout.pollEvery, settleTime: .seconds(30),
                answersFor: { await world.answers(for: $0, of: life) },
                knock: { await world.probe($0.host, at: $0, of: life, asking: nil) },
                probe: { await world.probe($0.host, at: $0, of: life, asking: world.layout.sql(at: $0)) },
                through: { name, endpoint, writing in
                    guard var sql = world.layout.sql(at: endpoint) else { return nil }
                    sql.canary = sql.canary && writing
                    return await world.probe(name, at: endpoint, of: life, asking: sql)
                }, mayAct: mayAct, restarts: restarts))
    }
}
