import Testing

@testable import Failover

/// Workloads, how they look, a clock that only moves when told, and the machine. Keeps every record, and
/// after every input checks what must always hold.
struct World {
    static let start = Timestamp(milliseconds: 1_767_225_600_000)

    let workloads: [Workload]
    let maxConcurrent: Int
    let brake: FleetBrake
    private(set) var machine: DecisionMachine
    private(set) var now = World.start
    private(set) var records: [Record] = []
    /// The ends of the batches: where a crash may cut the journal.
    private(set) var batches: [Int] = []
    /// Ordered, and not answered yet.
    private(set) var orders: [StepOrder] = []
    private(set) var fences: [FenceAction] = []
    private(set) var asserted: [FlipHealthCheck] = []
    private(set) var deliveries: [Notice] = []
    private(set) var orderCount = 0
    /// What was closed when the last recheck was answered.
    private(set) var closedAtRecheck: Set<GateID> = []
    var scenes: [DatabaseID: Scene]
    /// Off: the test looks and ticks by itself.
    var looks = true
    /// Off: notices stay undelivered.
    var delivers = true
    /// The fold of the records, kept beside the machine's own states.
    private var folded: [WorkloadID: WorkloadState]

    init(
        _ workloads: [Workload] = [.shop()], maxConcurrent: Int = 1, starts: Bool = true,
        needsLease: Bool = false, brake: FleetBrake = FleetBrake(), host: HostFacts? = nil
    ) {
        self.workloads = workloads
        self.maxConcurrent = maxConcurrent
        self.brake = brake
        machine = DecisionMachine(
            workloads: workloads, maxConcurrentFailovers: maxConcurrent, needsLease: needsLease,
            fleetBrake: brake, host: host)
        let databases = workloads.flatMap(\.databases)
        scenes = Dictionary(uniqueKeysWithValues: databases.map { ($0.id, Scene(of: $0)) })
        folded = Dictionary(uniqueKeysWithValues: workloads.map { ($0.id, WorkloadState()) })
        if starts { handle(.started(version: "test", configurationDigest: "-")) }
    }

    // MARK: - The one database of most tests

    var scene: Scene {
        get { scenes["orders"] ?? Scene(of: .replica()) }
        set { scenes["orders"] = newValue }
    }
    var state: WorkloadState { machine.state(of: workloads[0].id) ?? WorkloadState() }
    var phase: Phase { state.phase }
    var assessment: Assessment? { machine.view(of: workloads[0].id, now: now)?.assessment }
    var verdict: Verdict? { assessment?.verdict }

    func gate(_ id: GateID) -> GateResult? { assessment?.gates.first { $0.id == id } }
    func vote(_ witness: WitnessKind) -> Vote? {
        assessment?.databases.first?.votes.first { $0.witness == witness }
    }

    // MARK: - What happens

    @discardableResult
    mutating func handle(_ input: Input) -> Decision {
        let decision = machine.handle(input, now: now)
        records += decision.records
        if !decision.records.isEmpty { batches.append(records.count) }
        for record in decision.records {
            if let id = record.workload { folded[id]?.apply(record) }
        }
        for workload in workloads {
            #expect(
                folded[workload.id] == machine.state(of: workload.id), "state is not the fold of its records")
        }
        for directive in decision.directives { take(directive) }
        return decision
    }

    private mutating func take(_ directive: Directive) {
        switch directive {
        case .perform(let order):
            orders.append(order)
            orderCount += 1
        case .settleFence(_, let fence): fences.append(fence)
        case .assertLever(_, let flip): asserted.append(flip)
        case .deliver(let notice): deliveries.append(notice)
        }
    }

    /// Looks at everything once.
    mutating func look() {
        for workload in workloads {
            let observations = workload.databases.flatMap { database in
                (scenes[database.id]?.facts(at: now) ?? []).map { fact in
                    Observation(
                        workload: workload.id, database: database.id, source: "RDS API", vantage: "this host",
                        at: now, fact: fact)
                }
            }
            handle(.observed(observations))
        }
        deliver()
    }

    private mutating func deliver() {
        guard delivers else { return }
        let waiting = deliveries
        deliveries = []
        for notice in waiting {
            let told = Delivery(topic: notice.topics[0], messageID: "m-1", failure: nil)
            handle(.noticeFinished(notice.workload, id: notice.id, deliveries: [told]))
        }
    }

    /// Looks and ticks every `pace` until `duration` has passed.
    mutating func run(_ duration: Duration, pace: Duration = .seconds(5)) {
        let end = now + duration
        while now < end {
            now = min(now + pace, end)
            if looks { look() }
            handle(.tick)
            deliver()
        }
    }

    /// The clock of a new process: that of the last one was so much ahead.
    mutating func setBack(_ duration: Duration) { now = now - duration }

    /// Time passes and nobody looks.
    mutating func skip(_ duration: Duration) { now = now + duration }

    @discardableResult
    mutating func ask(
        _ verb: OperatorRequest.Verb, overriding overrides: [GateID] = [], of id: WorkloadID? = nil,
        reason: String = "because"
    ) -> OperatorReply? {
        let request = OperatorRequest(verb: verb, by: "ana", reason: reason, overrides: overrides)
        let reply = handle(.request(id ?? workloads[0].id, request)).reply
        deliver()
        return reply
    }

    /// Answers the oldest order. A recheck looks first, as the controller does; a promotion that worked is
    /// seen.
    mutating func finish(_ outcome: StepOutcome = .succeeded(detail: "done")) {
        guard !orders.isEmpty else {
            Issue.record("no step was ordered")
            return
        }
        let order = orders.removeFirst()
        if case .recheck = order.step.action {
            if looks { look() }
            closedAtRecheck = assessment.map { Set($0.closedGates) } ?? []
        }
        if outcome.succeeded, let database = order.step.action.promotedDatabase {
            scenes[database]?.promote()
        }
        handle(
            .stepFinished(
                order.workload, epoch: order.epoch, step: order.step.id, attempt: order.attempt,
                outcome: outcome))
        deliver()
    }

    /// Every step works at once, `upTo` and without it; nil: to the end.
    mutating func finishSteps(upTo name: String? = nil) {
        while let order = orders.first, order.step.action.name != name { finish() }
    }

    mutating func settle(_ attempt: FenceAttempt) {
        guard !fences.isEmpty else {
            Issue.record("no fence was ordered")
            return
        }
        handle(.fenceFinished(workloads[0].id, fences.removeFirst(), attempt))
        deliver()
    }

    /// kill -9 and a new process, which has of the journal's records the first `count` (nil: all).
    mutating func restart(keeping count: Int? = nil, with changed: [Workload]? = nil) {
        self = restarted(keeping: count, with: changed)
        handle(.started(version: "test", configurationDigest: "-"))
    }

    /// A record of the journal, of this host's last life or of another host's.
    mutating func replay(_ record: Record) {
        machine.replay(record)
        if let id = record.workload { folded[id]?.apply(record) }
    }

    private func restarted(keeping count: Int?, with changed: [Workload]?) -> World {
        var next = World(changed ?? workloads, maxConcurrent: maxConcurrent, starts: false, brake: brake)
        (next.now, next.looks, next.delivers) = (now, looks, delivers)
        next.scenes = scenes
        next.records = Array(records.prefix(count ?? records.count))
        next.batches = batches.filter { $0 <= next.records.count }
        for record in next.records { next.replay(record) }
        return next
    }
}
