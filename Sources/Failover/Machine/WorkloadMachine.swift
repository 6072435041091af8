/// One workload's part of the machine.
struct WorkloadMachine: Sendable {
    let workload: Workload
    var state = WorkloadState()
    var evidence = EvidenceStore()
    var attention = Attention()
    var upkeep = Upkeep()

    init(workload: Workload) { self.workload = workload }

    /// Writes a record and folds it into the state at once, so that state is only ever changed by records.
    mutating func write(_ event: Event, rule: RuleID? = nil, _ turn: inout Turn) {
        var epoch = state.epoch
        if case .planAdopted(let plan) = event { epoch = plan.epoch }
        let record = Record(at: turn.now, workload: workload.id, epoch: epoch, rule: rule, event: event)
        state.apply(record)
        turn.decision.records.append(record)
    }

    func inquiries(at now: Timestamp) -> [Inquiry] {
        workload.databases.map { database in
            Inquiry(
                database: database, policy: workload.policy, evidence: evidence,
                attention: attention.databases[database.id] ?? DatabaseAttention(), now: now)
        }
    }

    /// Judges the evidence as it is now, without remembering anything.
    func situation(_ turn: Turn, request: OperatorRequest? = nil, retryable: Bool = false) -> Situation {
        let inquiries = inquiries(at: turn.now)
        let databases = inquiries.map { $0.assess() }
        return Situation(
            workload: workload, state: state, verdict: Verdict.combined(databases.map(\.verdict)),
            databases: databases, inquiries: inquiries, attention: attention, running: turn.running,
            capacity: turn.capacity, now: turn.now, request: request, lastTryRetryable: retryable)
    }

    /// Looks at the evidence, and remembers what must be remembered.
    mutating func attend(_ turn: Turn) {
        let first = situation(turn)
        attention.follow(
            first.databases, verdict: first.verdict, now: turn.now, freshness: workload.policy.freshness,
            recorded: state.lastAssessment?.databases ?? [])
        attention.protectedSince =
            first.rolesAreAsConfigured && state.phase == .failedOver
            ? attention.protectedSince ?? turn.now : nil
    }

    /// Looks, and fires a rule if one applies.
    mutating func evaluate(_ turn: inout Turn) {
        attend(turn)
        // Judged again with the memory brought up to date: the votes weigh samples against the outage's
        // start.
        let situation = situation(turn)
        if let rule = Rules.first(from: state.phase, on: .evidence, in: situation) {
            fire(rule, in: situation, &turn)
        } else {
            noteAssessment(situation, &turn)
        }
        lookAfter(situation, &turn)
    }

    /// Carries a rule out: the record first, then what follows from the new phase.
    mutating func fire(
        _ rule: Rule, in situation: Situation, detail: String? = nil, _ turn: inout Turn
    ) {
        let from = state.phase
        let assessment = situation.assessment
        let because = detail.map { "\(rule.because): \($0)" } ?? rule.because
        if rule.to == .failingOver, from != .failingOver, from != .needsOperator {
            // The guards have seen that a plan can be made.
            guard let plan = try? situation.planner.plan() else { return }
            write(.planAdopted(plan: plan), rule: rule.id, &turn)
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
        let assessment = situation.assessment
        let digest = assessment.digest
        guard digest != upkeep.assessed, upkeep.mayNoteAssessment(at: turn.now) else { return }
        upkeep.noteAssessment(digest, at: turn.now)
        write(.assessed(assessment: assessment), &turn)
    }
}

extension Verdict {
    /// The workload's verdict from those of its databases.
    static func combined(_ verdicts: [Verdict]) -> Verdict {
        let distinct = Set(verdicts)
        if distinct.count == 1, let only = distinct.first { return only }
        if distinct.contains(.failed) { return distinct.contains(.healthy) ? .partial : .suspect }
        let bySeverity: [Verdict] = [
            .configurationFault, .partitioned, .providerRecovering, .suspect, .partial,
        ]
        if let worst = bySeverity.first(where: distinct.contains) { return worst }
        return distinct.contains(.isolated) ? .suspect : .unknown
    }
}

extension Situation {
    /// Primary is a writer, standby a replica that AWS calls replicating, both seen fresh.
    var rolesAreAsConfigured: Bool {
        inquiries.allSatisfy { inquiry in
            guard let primary = inquiry.state(.primary)?.value, let standby = inquiry.state(.standby)?.value
            else {
                return false
            }
            return primary.role == .writer && standby.role == .replica && standby.replication?.normal != false
        }
    }

    /// The roles are swapped: the promoted side leads, the old primary replicates from it.
    var rolesAreSwapped: Bool {
        inquiries.allSatisfy { inquiry in
            guard let primary = inquiry.state(.primary)?.value, let standby = inquiry.state(.standby)?.value
            else {
                return false
            }
            return primary.role == .replica && standby.role == .writer && primary.replication?.normal != false
        }
    }

    var planner: Planner {
        let (by, reason) = (request?.by ?? "", request?.reason ?? "")
        let origin: Plan.Origin =
            switch request?.verb {
            case .failover?:
                .manual(by: by, reason: reason, overrides: overridden.sorted { $0.rawValue < $1.rawValue })
            case .approve?: .approved(by: by, reason: reason)
            default: .automatic
            }
        return Planner(
            workload: workload, inquiries: inquiries, databases: databases, origin: origin,
            epoch: state.epoch + 1,
            now: now)
    }

    var assessment: Assessment {
        Assessment(
            at: now, verdict: verdict, sentence: sentence, databases: databases, gates: gates(),
            suspectedSince: attention.troubledSince, quorumSince: attention.quorumSince)
    }
}
