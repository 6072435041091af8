import Failover
import Journal

/// Runs what was recorded through a decision machine, at the times at which it was recorded, without acting:
/// what would have been decided. The records that it gathers were never written anywhere.
///
/// Results come from `Precedents`. Notices count as delivered at once, and owed fences as made when they are
/// ordered: nothing is decided by either.
public struct Reenactment: Sendable {
    /// With what the journal held before the span; each session starts from it anew, as a process does.
    private let origin: DecisionMachine
    private let workloads: Set<WorkloadID>
    private var precedents: Precedents
    private var aftermath: Aftermath
    private var requests: [Petition]

    private var machine: DecisionMachine
    private var due = Agenda()
    private var tick = Duration.seconds(1)
    private var nextTick: Timestamp?

    /// What would have been recorded, in order.
    public private(set) var records: [Record] = []
    /// Steps whose end nothing on record tells: they count as done in their typical time.
    public private(set) var assumedSteps: [StepID] = []
    /// Workloads of which something was left out that a real failover had done.
    public private(set) var isUndone: Set<WorkloadID> = []
    public private(set) var observations = 0
    public private(set) var ticks = 0

    /// What an operator asked for, and when.
    public struct Petition: Sendable, Equatable {
        public var at: Timestamp
        public var workload: WorkloadID
        public var request: OperatorRequest

        public init(at: Timestamp, workload: WorkloadID, request: OperatorRequest) {
            (self.at, self.workload, self.request) = (at, workload, request)
        }
    }

    /// `machine` has replayed what the journal held before the span. `requests` in the order of their times.
    public init(
        machine: DecisionMachine, workloads: Set<WorkloadID>, precedents: Precedents = Precedents(),
        aftermath: Aftermath = Aftermath(), requests: [Petition] = []
    ) {
        origin = machine
        self.machine = machine
        self.workloads = workloads
        self.precedents = precedents
        self.aftermath = aftermath
        self.requests = requests
    }

    /// A process starts to watch at `start`, knowing what is on record.
    public mutating func begin(_ session: RecordingSession, at start: Timestamp) {
        machine = origin
        for record in records { machine.replay(record) }
        due = Agenda()
        tick = max(.milliseconds(session.tickMilliseconds), .milliseconds(50))
        // Requests of a time at which nobody watched reached nobody.
        requests.removeAll { $0.at < start }
        handle(
            .started(version: session.version, configurationDigest: session.configurationDigest), at: start)
        // The loop's first tick comes at once.
        nextTick = start
    }

    /// Takes in what was seen; in the order of time.
    public mutating func take(_ batches: [RecordedBatch]) {
        for batch in batches where workloads.contains(batch.workload) {
            advance(to: batch.at)
            observations += batch.observations.count
            handle(.observed(batch.observations.map { asItWouldBe($0, at: batch.at) }), at: batch.at)
        }
    }

    private mutating func asItWouldBe(_ observation: Observation, at now: Timestamp) -> Observation {
        let undone = aftermath.undone(observation, at: now)
        switch machine.state(of: observation.workload)?.phase {
        // Its own failover has done what the real one did.
        case .failingOver, .needsOperator, .failedOver: return observation
        default: break
        }
        if undone != observation { isUndone.insert(observation.workload) }
        return undone
    }

    /// The process stops: what was due after `end` never came.
    public mutating func end(at end: Timestamp) {
        advance(to: end + .milliseconds(1))
        nextTick = nil
    }

    /// Everything that is due before `time`, in order: results, requests, then ticks.
    private mutating func advance(to time: Timestamp) {
        while let next = [due.first, requests.first?.at, nextTick].compactMap({ $0 }).min(), next < time {
            if due.first == next, let input = due.pop() {
                handle(input, at: next)
            } else if let petition = requests.first, petition.at == next {
                requests.removeFirst()
                if workloads.contains(petition.workload) {
                    handle(.request(petition.workload, petition.request), at: next)
                }
            } else {
                nextTick = next + tick
                ticks += 1
                handle(.tick, at: next)
            }
        }
    }

    private mutating func handle(_ input: Input, at now: Timestamp) {
        let decision = machine.handle(input, now: now)
        records += decision.records
        for directive in decision.directives { perform(directive, at: now) }
    }

    private mutating func perform(_ directive: Directive, at now: Timestamp) {
        switch directive {
        case .perform(let order):
            let end = precedents.end(of: order)
            if end.isAssumed, !assumedSteps.contains(order.step.id) { assumedSteps.append(order.step.id) }
            due.add(
                .stepFinished(
                    order.workload, epoch: order.epoch, step: order.step.id, attempt: order.attempt,
                    outcome: end.outcome), at: now + end.after)
        case .settleFence(let workload, let fence):
            let settlement = FenceSettlement.fenced(detail: "assumed in this replay")
            due.add(.fenceFinished(workload, fence, .settled(settlement)), at: now + .seconds(5))
        case .deliver(let notice):
            let deliveries = notice.topics.map { Delivery(topic: $0, messageID: "replay", failure: nil) }
            due.add(.noticeFinished(notice.workload, id: notice.id, deliveries: deliveries), at: now)
        case .assertLever: break
        }
    }
}

/// What is due, in the order of time, and of adding where times are the same.
private struct Agenda: Sendable {
    private var items: [(at: Timestamp, input: Input)] = []

    var first: Timestamp? { items.first?.at }

    mutating func add(_ input: Input, at time: Timestamp) {
        let place = items.firstIndex { $0.at > time } ?? items.count
        items.insert((time, input), at: place)
    }

    mutating func pop() -> Input? { items.isEmpty ? nil : items.removeFirst().input }
}
