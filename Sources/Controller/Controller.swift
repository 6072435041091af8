import Failover
import Journal

/// The loop that joins the ports: observe, decide, journal, perform. It decides nothing itself.
///
/// Strictly serial: one input is decided, made durable and acted on before the next one is decided, however
/// long the journal takes (see `Inbox`). Meanwhile everybody is answered from the state that is durable.
///
/// Several hosts may share a journal: one of them leads, the others watch (see `Controller+Leading`).
public actor Controller {
    /// As the journal has it: a decision is taken over only once its records are durable.
    var machine: DecisionMachine
    let journal: any JournalStore
    /// Nil for a controller that is alone on its journal, whose file lock is its lease.
    let shared: SharedJournal?
    let workloads: [Workload]
    let eyes: any Eyes
    let hands: any Hands
    let voice: any Voice
    let clock: any SteadyClock
    let log: any ControllerLog
    let observationLog: (any ObservationLog)?
    let pace: Pace

    var inbox = Inbox()
    /// Whether somebody deals with the inbox.
    var isDeciding = false
    /// Since when the matter at hand is being dealt with; nil between two.
    var decidingSince: Timestamp?
    /// Deals with the inbox; a journal is never left in the middle of an append by whoever asked for it.
    let scribe = Crew()
    /// Performs directives.
    let crew = Crew()
    /// Results that the journal did not take: they come once, so they are kept until it does, each with the
    /// term under which it was ordered.
    var unrecorded: [(result: Input, term: Int?)] = []
    var trouble = JournalTrouble()
    /// Whether everything up to `lastSequence` has been read.
    var hasReplayed = false
    /// The newest record that the machine knows of.
    var lastSequence: Int64 = 0
    var keeper: LeaseKeeper?
    /// The epoch of the lease under which this controller leads; nil while it only watches, and when it is
    /// alone.
    var term: Int?
    var isKeeping = false
    /// A question about the lease is under way; two at once would cross each other.
    var isAskingForLease = false
    /// It has been given back for good.
    var hasHandedBack = false
    /// Since when the lease's store gives no answer.
    var leaseSilentSince: Timestamp?
    var isTakingOver = false
    var isReadingAgain = false
    /// What this host wrote while it was alone has been dealt with.
    var hasInherited = false
    /// Why it could not be, as was last said.
    var inheritanceFault: JournalError?
    /// It may be another host's at any moment.
    var isHandingBack = false
    /// Workloads that are being looked at because of a nudge.
    var nudged: Set<WorkloadID> = []
    /// When the newest was heard that is known of each database, if only that nobody answers.
    var heardAt: [DatabaseID: Timestamp] = [:]
    /// What the machine is told when it begins to lead.
    var begun = Input.tick
    var stopping = false
    /// Why the journal takes no records; nil while it does. Nothing is decided while it does not.
    public internal(set) var journalFault: String?
    /// Set when it is not known what the journal holds: only a new process, which reads it again, may go on.
    public internal(set) var fatalFault: String?
    private var lastRound: Timestamp?
    private var lastTurn: Timestamp?

    /// Alone on its journal.
    public init(
        workloads: [Workload], maxConcurrentFailovers: Int, journal: any JournalStore, eyes: any Eyes,
        hands: any Hands, voice: any Voice, clock: any SteadyClock, log: any ControllerLog,
        observationLog: (any ObservationLog)? = nil, pace: Pace, fleetBrake: FleetBrake? = nil,
        host: HostFacts? = nil
    ) {
        let machine = DecisionMachine(
            workloads: workloads, maxConcurrentFailovers: maxConcurrentFailovers,
            fleetBrake: fleetBrake ?? FleetBrake(), host: host)
        self.init(
            machine, workloads, journal, nil, eyes, hands, voice, clock, log, observationLog, pace)
    }

    /// One of several hosts that share a journal. It decides and acts only while it holds the lease.
    public init(
        workloads: [Workload], maxConcurrentFailovers: Int, shared: SharedJournal, eyes: any Eyes,
        hands: any Hands, voice: any Voice, clock: any SteadyClock, log: any ControllerLog,
        observationLog: (any ObservationLog)? = nil, pace: Pace, fleetBrake: FleetBrake? = nil,
        host: HostFacts? = nil
    ) {
        let machine = DecisionMachine(
            workloads: workloads, maxConcurrentFailovers: maxConcurrentFailovers, needsLease: true,
            fleetBrake: fleetBrake ?? FleetBrake(), host: host)
        self.init(
            machine, workloads, shared.journal, shared, eyes, hands, voice, clock, log,
            observationLog, pace)
    }

    private init(
        _ machine: DecisionMachine, _ workloads: [Workload], _ journal: any JournalStore,
        _ shared: SharedJournal?, _ eyes: any Eyes, _ hands: any Hands, _ voice: any Voice,
        _ clock: any SteadyClock, _ log: any ControllerLog, _ observationLog: (any ObservationLog)?,
        _ pace: Pace
    ) {
        self.machine = machine
        self.workloads = workloads
        self.journal = journal
        self.shared = shared
        self.eyes = eyes
        self.hands = hands
        self.voice = voice
        self.clock = clock
        self.log = log
        self.observationLog = observationLog
        self.pace = pace
        keeper = shared.map { LeaseKeeper(holder: $0.holder, instance: $0.instance, terms: $0.terms) }
    }

    /// Replays the journal and goes on where the last process stopped; where several hosts share it, once
    /// this one leads. A shared journal that is out of reach is tried again for as long as it takes: until
    /// then this host watches, and says so.
    public func start(version: String, configurationDigest: String) async throws(JournalError) {
        begun = .started(version: version, configurationDigest: configurationDigest)
        do {
            try await replayAll()
        } catch {
            guard shared != nil, error.mayPass else { throw error }
            cannotRead(error)
        }
        if shared == nil {
            let outcome = await submit(begun)
            // Without this record nothing of what was open would ever be taken up again.
            if let fault = outcome.fault { throw fault }
        }
        observationLog?.began(session(version: version, configurationDigest: configurationDigest))
    }

    /// Looks and decides until the task is cancelled or `stop` is called. What was begun goes on: see `stop`
    /// and `kill`.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.every(self.pace.round) { await self.round() } }
            group.addTask { await self.every(self.pace.closer) { await self.closerRound() } }
            group.addTask { await self.every(self.pace.tick) { await self.tick() } }
            if shared != nil {
                group.addTask { await self.keepLease() }
                group.addTask { await self.every(self.pace.round) { await self.follow() } }
            }
            await group.waitForAll()
        }
    }

    /// Ends it at once, as the death of its process would: from now on it writes nothing, begins nothing and
    /// lets nobody act. What runs is cancelled. For simulated worlds, whose processes die all the time.
    public nonisolated func kill() {
        scribe.disband()
        crew.disband()
    }

    public func request(_ request: OperatorRequest, for workload: WorkloadID) async -> OperatorReply {
        guard !stopping else { return .refused(message: "drctl is stopping: ask the one that comes next") }
        guard inbox.takesRequests else {
            return .refused(message: "\(Inbox.requestLimit) requests wait already: try again in a moment")
        }
        let outcome = await submit(.request(workload, request))
        if let fault = outcome.fault, !fault.retryIsSafe {
            return .inDoubt(message: "whether it counts is not known: \(fault)")
        }
        if let fault = outcome.fault?.description ?? fatalFault {
            return .refused(message: "the journal cannot be written: \(fault)")
        }
        return outcome.reply ?? .refused(message: "nothing was decided: try again")
    }

    /// Asked right before every call that changes something.
    public var mayAct: Bool {
        !stopping && fatalFault == nil && !crew.isDisbanded && leads(at: clock.now())
    }

    /// Asked right before every notice. One that stops still tells what it has done.
    public var maySpeak: Bool { fatalFault == nil && !crew.isDisbanded && leads(at: clock.now()) }

    /// The same as `mayAct` for one order: also whether its step is still right.
    public func mayCarryOut(_ order: StepOrder) -> Bool {
        if planted(.sendsWithoutLease) { return true }
        guard mayAct else { return false }
        let now = clock.now()
        var current = machine
        if shared != nil { _ = current.handle(.lease(view(at: now)), now: now) }
        guard let objection = current.objection(to: order, now: now) else { return true }
        log.problem("\(order.workload): \(order.step.id) is held back: \(objection)")
        return false
    }

    /// The same for a fence that is owed: it may have been called off while its runner waited for AWS.
    public func maySettle(_ fence: FenceAction) -> Bool {
        mayAct && workloads.contains { machine.state(of: $0.id)?.owedFences.contains(fence) ?? false }
    }

    public func views() -> [WorkloadView] { machine.views(now: clock.now()) }

    /// Workloads whose configured primary is not the writer by record, or of which this host does not know.
    public func movedWorkloads() -> Set<WorkloadID> {
        let knows = shared == nil || hasReplayed && !trouble.isUnreadable
        let moved = workloads.filter { workload in
            guard knows, let state = machine.state(of: workload.id) else { return true }
            return !state.hasItsWriter(in: workload.primaryRegion)
        }
        return Set(moved.map(\.id))
    }

    public func dryRun(_ request: OperatorRequest, for workload: WorkloadID) -> DryRun? {
        machine.dryRun(request, of: workload, now: clock.now())
    }

    /// When the last whole round over all workloads ended; nil before the first.
    public func lastRoundEnded() -> Timestamp? { lastRound }

    /// When a tick was last dealt with, whatever came of it; nil before the first. What feeds a watchdog: it
    /// stands still when the loop is stuck, and when the journal never answers.
    public func lastTurnEnded() -> Timestamp? { lastTurn }

    // MARK: - The loop

    private func every(_ interval: Duration, _ body: @Sendable () async -> Void) async {
        while !stopping, fatalFault == nil, !crew.isDisbanded, !Task.isCancelled {
            await body()
            do { try await clock.sleep(for: interval) } catch { return }
        }
    }

    private func tick() async {
        let kept = unrecorded
        unrecorded = []
        for (result, term) in kept { await submit(result, from: term) }
        await submit(.tick)
        lastTurn = clock.now()
        guard shared != nil else { return }
        noteLapse(at: clock.now())
        beginTerm()
    }

    /// Learns what the host that leads has written.
    private func follow() async {
        guard term == nil else { return }
        await submit(.catchUp)
    }

    /// One round over all workloads; what it has seen has been judged when it returns.
    public func round() async {
        await look(at: workloads, closer: [])
        lastRound = clock.now()
    }

    /// Somebody outside says that something is wrong with `workload`: that is put on record, and it is looked
    /// at closely at once. A nudge that comes while its look is under way is not another one.
    public func lookNow(at workload: WorkloadID, because source: String) async {
        guard let concerned = workloads.first(where: { $0.id == workload }), !stopping, !crew.isDisbanded,
            nudged.insert(workload).inserted
        else { return }
        defer { nudged.remove(workload) }
        await submit(.nudged(workload, source: source))
        await look(at: [concerned], closer: [workload])
    }

    private func closerRound() async {
        let concerned = workloads.filter { workload in
            let phase = machine.state(of: workload.id)?.phase
            return phase != .watching && phase != .failedOver
        }
        guard !concerned.isEmpty else { return }
        await look(at: concerned, closer: Set(concerned.map(\.id)))
    }

    func look(at workloads: [Workload], closer: Set<WorkloadID>) async {
        await eyes.look(at: workloads, closer: closer) { observations in
            await self.take(observations)
        }
    }

    private func take(_ observations: [Observation]) async {
        await submit(.observed(observations))
        let now = clock.now()
        for observation in observations {
            let at = min(observation.at, now)
            heardAt[observation.database] = max(heardAt[observation.database] ?? at, at)
        }
    }
}
