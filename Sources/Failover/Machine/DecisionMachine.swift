/// The pure centre: evidence and requests in, records and directives out. It reads no clock, does no I/O and
/// keeps no state that the journal could not give back, but for what it has seen since it started.
///
/// Contract with the controller: make `Decision.records` durable first; then perform `Decision.directives`;
/// then feed their results back. If the records cannot be made durable, go back to the machine as it was
/// before `handle`.
public struct DecisionMachine: Sendable {
    private var machines: [Shared<WorkloadMachine>]
    private let places: [WorkloadID: Int]
    /// In the order of the configuration.
    public let order: [WorkloadID]
    /// Places by priority, then as listed: where several could start at once, the first here comes first.
    private let ranks: [Int]
    private let capacity: Int
    private let brake: FleetBrake
    private let host: HostFacts?
    private var neighbours: [Neighbour]
    var leadership: Leadership
    private var latest: Timestamp?

    /// `needsLease`: several hosts share the journal, and this one decides nothing before it holds the lease.
    public init(
        workloads: [Workload], maxConcurrentFailovers: Int, needsLease: Bool = false,
        fleetBrake: FleetBrake = FleetBrake(), host: HostFacts? = nil
    ) {
        leadership = Leadership(needsLease: needsLease)
        let machines = workloads.map(WorkloadMachine.init)
        self.machines = machines.map(Shared.init)
        neighbours = machines.map { $0.neighbour() }
        order = workloads.map(\.id)
        places = Dictionary(
            order.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        ranks = workloads.indices.sorted {
            (-workloads[$0].priority, $0) < (-workloads[$1].priority, $1)
        }
        capacity = max(1, maxConcurrentFailovers)
        brake = fleetBrake
        self.host = host
    }

    /// Folds a record of the journal in: before the first `handle`, and while another host leads, what it has
    /// written.
    ///
    /// The records' times do not hold this process's time back: after a run with a clock that was an hour
    /// ahead, all that is observed now would look an hour old, and the machine would be blind for that hour.
    public mutating func replay(_ record: Record) {
        guard let place = record.workload.flatMap({ places[$0] }) else { return }
        machines[place].change { machine in
            machine.state.apply(record)
            // Whatever ended the plan, the next one needs a whole window of agreement again.
            if case .planEnded = record.event { machine.attention.quorumSince = nil }
        }
        neighbours[place] = machines[place].value.neighbour()
    }

    /// Decides. Within a process `now` never runs backwards: an earlier time than the last one is taken as
    /// the last.
    ///
    /// Without the lease it only watches: evidence is kept up to date, so that a takeover is quick, but no
    /// rule fires and nothing is written. After a takeover: `replay` what others wrote, then `.started`.
    public mutating func handle(_ input: Input, now instant: Timestamp) -> Decision {
        let now = max(instant, latest ?? instant)
        latest = now
        if case .lease(let lease) = input { leadership.take(lease) }
        leadership.look(at: now)
        if case .started = input { leadership.start(at: now) }
        return leadership.leads(at: now) || planted(.actsAsFollower) ? decide(input, now) : watch(input, now)
    }

    /// Takes in what an input says without deciding on it: when a decision's records could not be made
    /// durable. What was seen stays true, and the next decision, or an order that is under way, may depend
    /// on it.
    public mutating func heed(_ input: Input, now instant: Timestamp) {
        let now = max(instant, latest ?? instant)
        latest = now
        _ = watch(input, now)
    }

    private mutating func decide(_ input: Input, _ now: Timestamp) -> Decision {
        var decision = Decision()
        switch input {
        case .started(let version, let digest):
            decision.records.append(
                Record(
                    at: now, workload: nil, epoch: 0, rule: nil,
                    event: .controllerStarted(version: version, configurationDigest: digest)))
            onEach(&decision, now) { $0.resume(&$1) }
        case .observed(let observations):
            let touched = take(observations, now)
            for place in ranks where touched.contains(place) {
                at(place, &decision, now) { $0.evaluate(&$1) }
            }
        case .tick:
            onEach(&decision, now) { $0.evaluate(&$1) }
        case .request(let id, let request):
            guard places[id] != nil else {
                decision.reply = .refused(message: "there is no workload \(id); known: \(knownNames)")
                break
            }
            on(id, &decision, now) { $0.answer(request, &$1) }
        case .stepFinished(let id, let epoch, let step, let attempt, let outcome):
            on(id, &decision, now) { $0.finish(epoch, step, attempt, outcome, &$1) }
        case .fenceFinished(let id, let fence, let attempt):
            on(id, &decision, now) { $0.fenceFinished(fence, attempt, &$1) }
        case .noticeFinished(let id, let notice, let deliveries):
            on(id, &decision, now) { $0.noticeFinished(notice, deliveries, &$1) }
        case .nudged(let id, let source): on(id, &decision, now) { $0.nudge(source, &$1) }
        case .lease: break
        }
        return decision
    }

    /// What a host does that may not act: it looks and remembers.
    private mutating func watch(_ input: Input, _ now: Timestamp) -> Decision {
        var decision = Decision()
        switch input {
        case .observed(let observations):
            let touched = take(observations, now)
            for place in ranks where touched.contains(place) {
                at(place, &decision, now) { $0.attendAside($1) }
            }
        case .tick: onEach(&decision, now) { $0.attendAside($1) }
        case .request: decision.reply = .refused(message: heldElsewhere)
        // Results of what this host ordered while it led: whoever leads now looks for itself.
        case .started, .stepFinished, .fenceFinished, .noticeFinished, .nudged, .lease: break
        }
        return decision
    }

    /// The places of the workloads that were observed.
    private mutating func take(_ observations: [Observation], _ now: Timestamp) -> Set<Int> {
        var touched: Set<Int> = []
        for var observation in observations {
            guard let place = places[observation.workload] else { continue }
            // One from the future would stay fresh, and keep later ones out, until its time has come.
            if observation.at > now { observation.at = now }
            machines[place].change { $0.evidence.take(observation) }
            touched.insert(place)
        }
        return touched
    }

    /// Why a host that may not act refuses, and whom to ask.
    var heldElsewhere: String {
        guard let lease = leadership.lease, lease.validUntil == nil, !lease.holder.isEmpty else {
            return "this host does not hold the lease yet, so it may not act: try again in a moment"
        }
        return "the lease is held by \(lease.holder) (epoch \(lease.epoch)): ask there"
    }

    public func state(of id: WorkloadID) -> WorkloadState? { machine(of: id)?.state }

    func machine(of id: WorkloadID) -> WorkloadMachine? { places[id].map { machines[$0].value } }

    func turn(for id: WorkloadID, _ now: Timestamp) -> Turn { turn(at: places[id] ?? 0, now) }

    private func turn(at place: Int, _ now: Timestamp) -> Turn {
        Turn(
            now: now,
            surroundings: Surroundings(
                capacity: capacity, brake: brake, host: host, leadership: leadership,
                neighbours: neighbours, own: place))
    }

    private var knownNames: String { order.map(\.rawValue).joined(separator: ", ") }

    private mutating func onEach(
        _ decision: inout Decision, _ now: Timestamp, _ body: (inout WorkloadMachine, inout Turn) -> Void
    ) {
        for place in ranks { at(place, &decision, now, body) }
    }

    private mutating func on(
        _ id: WorkloadID, _ decision: inout Decision, _ now: Timestamp,
        _ body: (inout WorkloadMachine, inout Turn) -> Void
    ) {
        if let place = places[id] { at(place, &decision, now, body) }
    }

    private mutating func at(
        _ place: Int, _ decision: inout Decision, _ now: Timestamp,
        _ body: (inout WorkloadMachine, inout Turn) -> Void
    ) {
        var turn = turn(at: place, now)
        machines[place].change { body(&$0, &turn) }
        decision.records.append(contentsOf: turn.decision.records)
        decision.directives.append(contentsOf: turn.decision.directives)
        decision.reply = turn.decision.reply ?? decision.reply
        let neighbour = machines[place].value.neighbour()
        if neighbour != neighbours[place] { neighbours[place] = neighbour }
    }
}

/// What one workload's handling of one input sees and gathers.
struct Turn {
    var now: Timestamp
    var surroundings: Surroundings
    var decision = Decision()
}
