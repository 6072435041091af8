import AWS
import Controller
import Execution
import Failover
import Journal

/// A machine with its clock and its disk, and the controller that runs on it, life after life.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class Host: @unchecked Sendable {
    let plan: Layout.HostPlan
    private unowned let world: World
    let disk: DiskTrouble
    let jumble: Jumble
    let resolver: CachingResolver
    /// What its journal keeps, over all lives.
    let shelf: Shelf
    private(set) var process: HostProcess?
    /// The journal's file, where it is a real one.
    private let file: JournalFile?
    /// Lives so far.
    private(set) var lives = 0
    /// How far its wall clock is ahead of true time now.
    private(set) var wallOffset: Duration

    /// What systemd waits before it starts a service again.
    static let restartDelay = Duration.seconds(10)

    init(_ plan: Layout.HostPlan, shelf: Shelf, in world: World) {
        file = world.layout.journal == .sqlite ? JournalFile() : nil
        self.plan = plan
        self.shelf = shelf
        self.world = world
        wallOffset = plan.wallOffset
        disk = DiskTrouble(world.seed)
        jumble = Jumble(world.seed)
        resolver = CachingResolver(server: 0)
        disk.crash = { [unowned self] in crash() }
    }

    var id: HostID { plan.id }

    func start() {
        guard process == nil else { return }
        lives += 1
        jumble.forget()
        world.trace.note(.host(id, .started))
        do {
            let process = HostProcess(of: self, store: try store(), in: world)
            self.process = process
            process.begin()
        } catch {
            world.trace.note(.host(id, .stopped(reason: "\(error.cause)")))
            world.time.after(Self.restartDelay) { [weak self] in self?.start() }
        }
    }

    /// What is below the journal of a host that is alone.
    private func store() throws(JournalError) -> any JournalStore {
        guard let file else { return LocalStore(shelf: shelf, host: id) }
        return try SQLiteStore(file, of: id, trace: world.trace)
    }

    /// The process dies, and systemd starts the next one.
    func crash(restartAfter delay: Duration = restartDelay) {
        guard let process else { return }
        world.trace.note(.host(id, .crashed))
        self.process = nil
        process.end()
        world.time.after(delay) { [weak self] in self?.start() }
    }

    /// The process has ended by itself.
    func ended(_ process: HostProcess, because reason: String) {
        guard process === self.process else { return }
        world.trace.note(.host(id, .stopped(reason: reason)))
        self.process = nil
        process.end()
        world.time.after(Self.restartDelay) { [weak self] in self?.start() }
    }

    /// For good, at the end of the run.
    func shutDown() {
        process?.end()
        process = nil
    }

    func pause() {
        guard let life = process?.life, !life.isPaused else { return }
        world.trace.note(.host(id, .paused))
        life.stop()
    }

    func resume() {
        guard let life = process?.life, life.isPaused else { return }
        world.trace.note(.host(id, .resumed))
        life.goOn()
    }

    func stepWallClock(by span: Duration) { wallOffset += span }

    var wallTime: Timestamp { world.time.now + wallOffset }

    /// What a process counts from: AWS's clock where this one is wrong and some Region can be asked, as
    /// `drctl serve` asks at its start. The answer has whole seconds.
    var agreedTime: Timestamp {
        let isRight = abs(wallOffset.milliseconds) < 2000
        guard !isRight, !planted(.leasesByTheWallClock), world.layout.regions.contains(where: isToldTime)
        else { return wallTime }
        return Timestamp(milliseconds: world.time.now.milliseconds / 1000 * 1000 + 500)
    }

    private func isToldTime(by region: Region) -> Bool {
        let message = Message(from: id, to: region, service: "sts", operation: "Date", mutates: false)
        let passage = world.fabric.passage(of: message, at: world.time.now)
        guard let there = passage.there, let back = passage.back else { return false }
        return there + back <= .seconds(2) && world.estate.state(of: region).control == .up
    }
}
