import Failover
import Journal

/// One run's world and everything in it.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class World: @unchecked Sendable {
    /// 2026-01-01T00:00:00Z; any would do.
    static let start = Timestamp(milliseconds: 1_767_225_600_000)
    /// For how long nothing has moved when a run is over.
    static let quietFor = Duration.seconds(240)
    /// After the troubles: a promotion may take half an hour, and be tried again.
    static let patience = Duration.seconds(2700)

    /// What hosts sign with. It must never be seen outside.
    static let secretKey = "wJalrXUtnFEMIsimulatedSecret"
    static let sessionToken = "IQoJb3JpZ2luX2VjsimulatedToken"
    static let secrets = [secretKey, sessionToken]

    let seed: Seed
    let options: SimulationOptions
    let layout: Layout
    let schedule: Schedule
    let time: VirtualTime
    let trace: Trace
    let estate: Estate
    let fabric: FaultyFabric
    let tally: Tally
    private(set) var hosts: [Host] = []
    private var clients: [Client] = []
    private let oracle: Oracle
    /// The faults that are on at the moment.
    private(set) var activeFaults: [Fault] = []

    convenience init(seed: Seed, options: SimulationOptions, time: VirtualTime) {
        let drawn = Layout.drawn(from: seed)
        self.init(
            seed: seed, options: options, layout: drawn.leaving(out: options.without),
            schedule: .drawn(from: seed, for: drawn, start: Self.start), time: time)
    }

    /// With who is there and what goes wrong given; only the rest is drawn from the seed.
    init(
        seed: Seed, options: SimulationOptions = SimulationOptions(), layout: Layout, schedule: Schedule,
        time: VirtualTime
    ) {
        self.seed = seed
        self.options = options
        self.time = time
        self.layout = layout
        self.schedule = schedule
        trace = Trace(time)
        tally = Tally(trace)
        oracle = Oracle(
            Premises(
                workloads: layout.workloads, hosts: layout.hosts.map(\.id), isShared: layout.sharesJournal,
                leaseTTL: layout.leaseTerms?.ttl, secrets: Self.secrets, calmSince: schedule.calmSince))
        estate = Estate(layout.workloads, seed: seed, time: time, trace: trace, temper: .drawn(from: seed))
        fabric = FaultyFabric(layout, seed: seed)
        let shared = Shelf(trace)
        hosts = layout.hosts.map { plan in
            Host(plan, shelf: layout.sharesJournal ? shared : Shelf(trace), in: self)
        }
        clients = layout.databases.flatMap { _, database in Client.both(of: database, in: self) }
        trace.beforeEffect = { [unowned self] in tally.settle() }
        trace.listener = { [unowned self] happening in saw(happening) }
    }

    func run() -> RunReport {
        for fault in schedule.faults where !isMasked(fault) {
            time.at(fault.from) { [unowned self] in begin(fault) }
        }
        for host in hosts { host.start() }
        time.after(Client.pace) { [unowned self] in letClientsAct() }
        let end = schedule.calmFrom + Self.patience
        time.run(until: end) { [unowned self] in isOver }
        let ended = time.now
        tally.settle()
        for host in hosts { host.shutDown() }
        // What the processes were in the middle of comes to its end, and finds every door shut.
        time.end()
        return RunReport(
            seed: seed.value, layout: layout.lines, cast: layout.cast, faults: schedule.faults,
            played: Set(schedule.faults.filter { !isMasked($0) }.map(\.index)),
            happenings: trace.happenings, violations: oracle.verdict(at: ended) + stalls,
            statistics: statistics(ended))
    }

    /// A run whose time stands still would never have ended, and nothing that is asked at an end says much.
    private var stalls: [Violation] {
        time.stalledAt.map { instant in
            let detail = "time stands still: \(VirtualTime.mostJobsAtOnce) jobs in one moment, and no end"
            return [Violation(invariant: Liveness.id, at: instant, detail: detail)]
        } ?? []
    }

    func host(_ id: HostID) -> Host? { hosts.first { $0.id == id } }

    private func isMasked(_ fault: Fault) -> Bool {
        options.withoutFaults || options.mask.contains(fault.index) || !layout.holds(fault.place)
    }

    /// Nothing is wrong any more but for good, nothing is under way, and it has been quiet for so long that
    /// what has come to nothing until now never will.
    private var isOver: Bool {
        guard time.now >= schedule.calmFrom, tally.isAtRest else { return false }
        let quiet = time.now - tally.lastStir
        return quiet >= Self.quietFor && layout.workloads.allSatisfy { quiet >= patience(with: $0) }
    }

    /// How long a workload may take to get on from where it is, and a little more: a lag has to reach 330 s,
    /// and be published, before the replica is said to receive nothing, and then the windows run.
    private func patience(with workload: Workload) -> Duration {
        let isUndecided =
            switch tally.phase(of: workload.id) {
            case .suspected: true
            case .watching, .blocked:
                activeFaults.contains { fault in
                    workload.databases.contains { fault.kills($0.primary) }
                }
            case .awaitingApproval, .failingOver, .needsOperator, .failedOver: false
            }
        guard isUndecided else {
            let isBlocked = tally.phase(of: workload.id) == .blocked
            return isBlocked ? EndIsTold.pace + EndIsTold.atOnce + .seconds(5) : Self.quietFor
        }
        return max(Liveness.doubt(workload.policy), Liveness.reminderBound) + .seconds(30)
    }

    private func saw(_ happening: Happening) {
        tally.saw(happening)
        switch happening.kind {
        case .mutation(let host, let mutation): crashAtSend(host, mutation)
        case .record(let host, let record): ambushAtStep(host, record)
        default: break
        }
        oracle.hears(happening)
    }

    private func letClientsAct() {
        for client in clients { client.act() }
        time.after(Client.pace) { [unowned self] in letClientsAct() }
    }

    // MARK: Faults

    private func begin(_ fault: Fault) {
        trace.note(.fault(fault, begins: true))
        set(fault, true)
        guard fault.until > fault.from else { return }
        activeFaults.append(fault)
        guard fault.until < .distantFuture else { return }
        time.at(fault.until) { [unowned self] in
            activeFaults.removeAll { $0.index == fault.index }
            set(fault, false)
            trace.note(.fault(fault, begins: false))
        }
    }

    private func statistics(_ ended: Timestamp) -> RunReport.Statistics {
        var statistics = tally.statistics
        statistics.commitsInConflict = estate.conflicts
        statistics.simulated = ended - Self.start
        statistics.jobs = time.jobsRun
        statistics.timers = time.timersFired
        return statistics
    }
}
