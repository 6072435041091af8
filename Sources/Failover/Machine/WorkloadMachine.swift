/// One workload's part of the machine.
struct WorkloadMachine: Sendable {
    private let definition: Boxed<Workload>
    private var fold = Boxed(WorkloadState())
    var evidence = EvidenceStore()
    var attention = Attention()
    var upkeep = Upkeep()
    /// Learned once; see `learnDependence`.
    private var dependence: Dependence?
    /// As of the last look.
    private(set) var standing = Standing()

    private var recalledFold: Boxed<WorkloadState> { upkeep.future.isEmpty ? fold : Boxed(recalledState) }

    init(workload: Workload) { definition = Boxed(workload) }

    var workload: Workload { definition.value }
    /// Only records change it.
    var state: WorkloadState {
        get { fold.value }
        set { fold = Boxed(newValue) }
    }

    /// Writes a record and folds it into the state at once, so that state is only ever changed by records.
    mutating func write(_ event: Event, rule: RuleID? = nil, _ turn: inout Turn) {
        var epoch = state.epoch
        if case .planAdopted(let plan) = event { epoch = plan.epoch }
        let record = Record(at: turn.now, workload: workload.id, epoch: epoch, rule: rule, event: event)
        state.apply(record)
        turn.decision.records.append(record)
    }

    func inquiries(at now: Timestamp) -> [Inquiry] {
        definition.value.databases.indices.map { place in
            let id = definition.value.databases[place].id
            return Inquiry(
                of: definition, place: place, evidence: evidence.on(id),
                attention: attention.databases[id] ?? DatabaseAttention(), now: now)
        }
    }

    /// Judges the evidence as it is now, without remembering anything. `judged`: what the inquiries say,
    /// where that is known.
    func situation(
        _ turn: Turn, request: OperatorRequest? = nil, judged: [DatabaseAssessment]? = nil
    ) -> Situation {
        Situation(
            definition, recalledFold, inquiries: inquiries(at: turn.now), judged: judged,
            attention: attention, surroundings: turn.surroundings, now: turn.now, request: request,
            dependence: dependence)
    }

    /// Looks at the evidence, and remembers what must be remembered.
    mutating func attend(_ turn: Turn) -> Situation {
        let judged = follow(turn)
        let situation = situation(turn, judged: judged)
        standing = Standing(situation)
        return situation
    }

    /// The same for a host that decides nothing: it asks no gate before a failure is at hand.
    mutating func attendAside(_ turn: Turn) {
        let judged = follow(turn)
        standing =
            attention.quorumSince == nil
            ? Standing(onset: attention.onset) : Standing(situation(turn, judged: judged))
    }

    /// What the inquiries say, where the memory has not changed: the votes weigh samples against the outage's
    /// start.
    private mutating func follow(_ turn: Turn) -> [DatabaseAssessment]? {
        attention.noteAnswers(evidence)
        let inquiries = inquiries(at: turn.now)
        let databases = inquiries.map { $0.assess() }
        let before = attention.databases
        attention.follow(
            databases, verdict: Verdict.combined(databases.lazy.map(\.verdict)), now: turn.now,
            policy: workload.policy, recorded: state.lastAssessment?.databases ?? [])
        attention.remember(inquiries)
        let isProtected = state.phase == .failedOver && inquiries.allSatisfy(\.rolesAreAsConfigured)
        attention.protectedSince = isProtected ? attention.protectedSince ?? turn.now : nil
        learnDependence(inquiries, databases, turn)
        return attention.judgesLike(before) ? databases : nil
    }

    /// Looks, and fires a rule if one applies.
    mutating func evaluate(_ turn: inout Turn) {
        let situation = attend(turn)
        if let rule = Rules.first(from: state.phase, on: .evidence, in: situation) {
            fire(rule, in: situation, detail: rule.to == .blocked ? situation.forgone : nil, &turn)
        } else {
            noteAssessment(situation, &turn)
        }
        lookAfter(situation, &turn)
    }

    /// The plan's steps follow from the configuration, so one look into them is enough; made as soon as the
    /// standby's identity is known.
    private mutating func learnDependence(
        _ inquiries: [Inquiry], _ databases: [DatabaseAssessment], _ turn: Turn
    ) {
        guard dependence == nil, inquiries.allSatisfy({ $0.lastKnownState(.standby) != nil }) else { return }
        let planner = Planner(
            workload: workload, inquiries: inquiries, databases: databases, origin: .automatic,
            epoch: state.epoch + 1, now: turn.now)
        guard let plan = try? planner.plan() else { return }
        dependence = Dependence(of: plan, for: workload, host: turn.surroundings.host)
    }

    /// Carries a rule out: the record first, then what follows from the new phase.
    mutating func fire(
        _ rule: Rule, in situation: Situation, detail: String? = nil, _ turn: inout Turn
    ) {
        let from = state.phase
        let situation = situation.spelled()
        let assessment = situation.assessment
        let because = detail.map { "\(rule.because): \($0)" } ?? rule.because
        if rule.to == .failingOver, from != .failingOver, from != .needsOperator {
            // The guards have seen that a plan can be made.
            guard let plan = try? situation.planner.plan() else { return }
            write(.planAdopted(plan: plan), rule: rule.id, &turn)
            write(.lossFrozen(ledger: situation.ledger(for: plan)), rule: rule.id, &turn)
            write(
                .phaseChanged(from: from, to: rule.to, because: because, assessment: assessment),
                rule: rule.id, &turn)
        } else if rule.to != from {
            write(
                .phaseChanged(from: from, to: rule.to, because: because, assessment: assessment),
                rule: rule.id, &turn)
            upkeep.assessed = assessment.digest
        }
        // Within a plan the step speaks for itself; the rule would only push it out of a subject line.
        let isStep = from == .failingOver && rule.to == .failingOver
        announce(rule, from: from, because: isStep ? detail ?? because : because, situation, &turn)
        if state.phase == .failingOver, from != .failingOver { beginStep(&turn) }
    }

    /// Keeps the newest judgement for `explain` when it has changed in kind, at most once in a while.
    private mutating func noteAssessment(_ situation: Situation, _ turn: inout Turn) {
        let digest = situation.digest
        guard digest != upkeep.assessed, upkeep.mayNoteAssessment(at: turn.now) else { return }
        upkeep.noteAssessment(digest, at: turn.now)
        write(.assessed(assessment: situation.assessment), &turn)
    }
}

extension Verdict {
    /// The workload's verdict from those of its databases.
    static func combined(_ verdicts: some Collection<Verdict>) -> Verdict {
        guard let first = verdicts.first else { return .unknown }
        if verdicts.allSatisfy({ $0 == first }) { return first }
        if verdicts.contains(.failed) { return verdicts.contains(.healthy) ? .partial : .suspect }
        let bySeverity: [Verdict] = [
            .configurationFault, .partitioned, .providerRecovering, .suspect, .partial,
        ]
        if let worst = bySeverity.first(where: verdicts.contains) { return worst }
        return verdicts.contains(.isolated) ? .suspect : .unknown
    }
}

extension Inquiry {
    /// Primary is a writer, standby a replica that AWS calls replicating, both seen fresh.
    var rolesAreAsConfigured: Bool {
        guard let primary = state(.primary)?.value, let standby = state(.standby)?.value else { return false }
        return primary.role == .writer && standby.role == .replica && standby.replication?.normal != false
    }

    /// The promoted side leads, the old primary replicates from it.
    var rolesAreSwapped: Bool {
        guard let primary = state(.primary)?.value, let standby = state(.standby)?.value else { return false }
        return primary.role == .replica && standby.role == .writer && primary.replication?.normal != false
    }
}

extension Situation {
    var planner: Planner {
        let (by, reason) = (request?.by ?? "", request?.reason ?? "")
        let origin: Plan.Origin =
            switch request?.verb {
            case .failover?:
                .manual(by: by, reason: reason, overrides: overridden.ids.sorted())
            case .approve?: .approved(by: by, reason: reason)
            default: .automatic
            }
        return Planner(
            workload: workload, inquiries: inquiries, databases: databases, origin: origin,
            epoch: state.epoch + 1,
            now: now)
    }

    /// The judgement with its words.
    var assessment: Assessment {
        let spelled = spelled()
        return Assessment(
            at: now, verdict: verdict, sentence: spelled.sentence, databases: spelled.databases,
            gates: spelled.gates(), suspectedSince: attention.troubledSince,
            quorumSince: attention.quorumSince)
    }
}
