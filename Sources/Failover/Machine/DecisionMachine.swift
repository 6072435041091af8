/// The pure centre: evidence and requests in, records and directives out. It reads no clock, does no I/O and
/// keeps no state that the journal could not give back, but for what it has seen since it started.
///
/// Contract with the controller: make `Decision.records` durable first; then perform `Decision.directives`;
/// then feed their results back. If the records cannot be made durable, go back to the machine as it was
/// before `handle`.
public struct DecisionMachine: Sendable {
    var workloads: [WorkloadID: WorkloadMachine]
    /// In the order of the configuration: where several could start at once, the first listed comes first.
    public let order: [WorkloadID]
    /// How many workloads may fail over at once. >= 1.
    let capacity: Int
    var leadership: Leadership
    private var latest: Timestamp?

    /// `needsLease`: several hosts share the journal, and this one decides nothing before it holds the lease.
    public init(workloads: [Workload], maxConcurrentFailovers: Int, needsLease: Bool = false) {
        leadership = Leadership(needsLease: needsLease)
        self.workloads = Dictionary(
            workloads.map { ($0.id, WorkloadMachine(workload: $0)) }, uniquingKeysWith: { first, _ in first })
        order = workloads.map(\.id)
        capacity = max(1, maxConcurrentFailovers)
    }

    /// Folds a record of the journal in: before the first `handle`, and while another host leads, what it has
    /// written.
    ///
    /// The records' times do not hold this process's time back: after a run with a clock that was an hour
    /// ahead, all that is observed now would look an hour old, and the machine would be blind for that hour.
    public mutating func replay(_ record: Record) {
        guard let id = record.workload else { return }
        workloads[id]?.state.apply(record)
        // Whatever ended the plan, the next one needs a whole window of agreement again.
        if case .planEnded = record.event { workloads[id]?.attention.quorumSince = nil }
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
        return leadership.leads(at: now) ? decide(input, now) : watch(input, now)
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
            for id in order where touched.contains(id) { on(id, &decision, now) { $0.evaluate(&$1) } }
        case .tick:
            onEach(&decision, now) { $0.evaluate(&$1) }
        case .request(let id, let request):
            guard workloads[id] != nil else {
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
            for id in order where touched.contains(id) { on(id, &decision, now) { $0.attend($1) } }
        case .tick: onEach(&decision, now) { $0.attend($1) }
        case .request: decision.reply = .refused(message: heldElsewhere)
        // Results of what this host ordered while it led: whoever leads now looks for itself.
        case .started, .stepFinished, .fenceFinished, .noticeFinished, .lease: break
        }
        return decision
    }

    /// The workloads that were observed.
    private mutating func take(_ observations: [Observation], _ now: Timestamp) -> Set<WorkloadID> {
        for var observation in observations {
            // One from the future would stay fresh, and keep later ones out, until its time has come.
            observation.at = min(observation.at, now)
            workloads[observation.workload]?.evidence.take(observation)
        }
        return Set(observations.map(\.workload))
    }

    /// Why a host that may not act refuses, and whom to ask.
    var heldElsewhere: String {
        guard let lease = leadership.lease, lease.validUntil == nil, !lease.holder.isEmpty else {
            return "this host does not hold the lease yet, so it may not act: try again in a moment"
        }
        return "the lease is held by \(lease.holder) (epoch \(lease.epoch)): ask there"
    }

    public func state(of id: WorkloadID) -> WorkloadState? { workloads[id]?.state }

    private var knownNames: String { order.map(\.rawValue).joined(separator: ", ") }

    private mutating func onEach(
        _ decision: inout Decision, _ now: Timestamp, _ body: (inout WorkloadMachine, inout Turn) -> Void
    ) {
        for id in order { on(id, &decision, now, body) }
    }

    private mutating func on(
        _ id: WorkloadID, _ decision: inout Decision, _ now: Timestamp,
        _ body: (inout WorkloadMachine, inout Turn) -> Void
    ) {
        guard var machine = workloads[id] else { return }
        var turn = Turn(now: now, running: running(but: id), capacity: capacity)
        body(&machine, &turn)
        workloads[id] = machine
        decision.records.append(contentsOf: turn.decision.records)
        decision.directives.append(contentsOf: turn.decision.directives)
        decision.reply = turn.decision.reply ?? decision.reply
    }

    func running(but id: WorkloadID) -> Int {
        workloads.values.filter { $0.workload.id != id && $0.state.phase == .failingOver }.count
    }
}

/// What one workload's handling of one input sees and gathers.
struct Turn {
    var now: Timestamp
    var running: Int
    var capacity: Int
    var decision = Decision()
}
