import Failover

/// drctl itself: the decision machine at the pace of the service.
struct DrctlPolicy: BenchPolicy {
    let name = "drctl"
    let citation =
        "this program: config.yaml's defaults, mode automatic, four kinds of witness, quorum 3, "
        + "maximum_data_loss 5m unless a timeline says otherwise; its probe commits a write (`sql` with "
        + "`canary`) and the health check answers only if a write works (`health_check: writes`): where "
        + "both only connect, a server that accepts and does not write is not seen"

    func play(_ incident: Incident) -> [FailoverCall] {
        var run = DrctlRun(incident)
        run.play()
        return run.calls
    }
}

/// One timeline, with the decision machine in the place of the controller: rounds every poll interval, closer
/// ones for what is not simply being watched, a tick each second, and every answer as late as it would be.
struct DrctlRun {
    private let incident: Incident
    private let cast: Cast
    private var machine: DecisionMachine
    private var agenda = Agenda<Item>()
    private var now = Duration.seconds(-DrctlRun.settling)
    private var plans: [WorkloadID: Plan] = [:]
    private var promoted: Set<String> = []
    private var held: Set<WorkloadID> = []
    /// Whose health check was read directly last: two a round, in turn.
    private var turn = 0
    private(set) var calls: [FailoverCall] = []
    /// What was decided, in order, for whoever asks why.
    private(set) var records: [Record] = []

    /// How long it has watched a healthy world before the timeline begins.
    static let settling = 300
    static let closerLooks = 2

    private enum Item {
        case round, closer, tick
        case answers([Observation])
        case finish(StepOrder)
        case delivered(Notice)
    }

    init(_ incident: Incident) {
        self.incident = incident
        cast = Cast(incident)
        machine = DecisionMachine(
            workloads: cast.members.map(\.workload),
            maxConcurrentFailovers: incident.policy.maxConcurrentFailovers,
            fleetBrake: incident.policy.fleetBrake)
    }

    mutating func play() {
        handle(.started(version: "incidents", configurationDigest: "-"))
        agenda.add(.round, at: now)
        agenda.add(.closer, at: now + incident.policy.pollInterval / 2)
        agenda.add(.tick, at: now)
        while let (time, item) = agenda.next(), time <= incident.length, calls.count < cast.members.count {
            now = time
            take(item)
        }
    }

    private mutating func take(_ item: Item) {
        switch item {
        case .round:
            let took = look(at: cast.members, closer: false)
            agenda.add(.round, at: now + took + incident.policy.pollInterval)
        case .closer:
            let concerned = cast.members.filter { member in
                let phase = machine.state(of: member.workload.id)?.phase
                return phase != .watching && phase != .failedOver
            }
            let took = concerned.isEmpty ? .zero : look(at: concerned, closer: true)
            agenda.add(.closer, at: now + took + incident.policy.pollInterval / 2)
        case .tick:
            agenda.add(.tick, at: now + min(.seconds(1), incident.policy.pollInterval / 2))
            guard hostRuns else { return }
            askForHolds()
            handle(.tick)
        case .answers(let observations):
            if hostRuns { handle(.observed(observations)) }
        case .finish(let order): finish(order)
        case .delivered(let notice):
            let told = Delivery(topic: notice.topics[0], messageID: "incident", failure: nil)
            handle(.noticeFinished(notice.workload, id: notice.id, deliveries: [told]))
        }
    }

    private var second: Int { now.wholeSeconds }
    private var hostRuns: Bool {
        cast.members[0].onlookers[0].history.track.at(.seconds(second)).hostRuns
    }

    // MARK: - Looking

    /// Asks everything about `members`, and returns how long the last answer takes.
    @discardableResult
    private mutating func look(at members: [Cast.Member], closer: Bool) -> Duration {
        guard hostRuns else { return .zero }
        let onlookers = members.flatMap(\.onlookers)
        var near: Set<Int> = []
        if closer {
            near = Set((0..<min(Self.closerLooks, onlookers.count)).map { (turn + $0) % onlookers.count })
            turn += Self.closerLooks
        }
        var answers: [Duration: [Observation]] = [:]
        for (index, onlooker) in onlookers.enumerated() {
            let isPromoted = promoted.contains("\(onlooker.workload.id)/\(onlooker.database.id)")
            for report in onlooker.reports(at: second, closer: near.contains(index), promoted: isPromoted) {
                answers[report.takes, default: []].append(
                    onlooker.observation(report, at: now + report.takes))
            }
        }
        for (takes, observations) in answers.sorted(by: { $0.key < $1.key }) {
            agenda.add(.answers(observations), at: now + takes)
        }
        return answers.keys.max() ?? .zero
    }

    private mutating func askForHolds() {
        for member in cast.members {
            let id = member.workload.id
            let isHeld = member.onlookers[0].history.track.at(.seconds(second)).onHold
            guard isHeld != held.contains(id) else { continue }
            if isHeld { held.insert(id) } else { held.remove(id) }
            let verb: OperatorRequest.Verb = isHeld ? .hold : .release
            handle(
                .request(id, OperatorRequest(verb: verb, by: "operator", reason: "as the timeline has it")))
        }
    }

    // MARK: - Deciding

    private mutating func handle(_ input: Input) {
        let decision = machine.handle(input, now: .incident(now))
        records += decision.records
        for record in decision.records {
            if case .planAdopted(let plan) = record.event, let id = record.workload { plans[id] = plan }
        }
        for directive in decision.directives {
            switch directive {
            case .perform(let order): perform(order)
            case .deliver(let notice): agenda.add(.delivered(notice), at: now + .seconds(1))
            case .settleFence, .assertLever: break
            }
        }
    }

    /// The first step after the recheck is the failover's beginning: nothing before it changes anything.
    private mutating func perform(_ order: StepOrder) {
        if case .recheck = order.step.action {
            let concerned = cast.members.filter { $0.workload.id == order.workload }
            let took = look(at: concerned, closer: true)
            agenda.add(.finish(order), at: now + took)
            return
        }
        if let plan = plans[order.workload],
            !calls.contains(where: { $0.workload == order.workload.rawValue })
        {
            let predicted = plan.forecast.lossSeconds.map { Duration.milliseconds(Int64($0 * 1000)) }
            calls.append(
                FailoverCall(
                    workload: order.workload.rawValue, at: plan.createdAt.inIncident, predictedLoss: predicted
                ))
        }
        agenda.add(.finish(order), at: now + Self.usualTime(of: order.step.action))
    }

    /// As long as such steps usually take, so that those that wait for their turn wait as long as they would.
    private static func usualTime(of action: Action) -> Duration {
        action.promotes ? .seconds(180) : .seconds(10)
    }

    private static func promotedDatabase(of action: Action) -> DatabaseID? {
        switch action {
        case .promoteReplica(let action): action.database
        case .detachFromGlobalCluster(let action): action.database
        case .failoverGlobalCluster(let action): action.database
        default: nil
        }
    }

    private mutating func finish(_ order: StepOrder) {
        if let database = Self.promotedDatabase(of: order.step.action) {
            promoted.insert("\(order.workload)/\(database)")
        }
        handle(
            .stepFinished(
                order.workload, epoch: order.epoch, step: order.step.id, attempt: order.attempt,
                outcome: .succeeded(detail: "done")))
    }
}

extension Onlooker {
    func observation(_ report: Report, at time: Duration) -> Observation {
        Observation(
            workload: workload.id, database: database.id, source: report.source, vantage: report.vantage,
            at: .incident(time), fact: report.fact)
    }
}
