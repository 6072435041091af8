extension WorkloadMachine {
    /// Tells people what a rule did.
    mutating func announce(
        _ rule: Rule, from: Phase, because: String, _ situation: Situation, _ turn: inout Turn
    ) {
        let assessment = situation.assessment
        switch rule.to {
        case .suspected where from == .watching:
            issue(.suspected, because: assessment.sentence, assessment, &turn)
        case .suspected where from == .failingOver || from == .needsOperator:
            issue(.failed, because: because, assessment, &turn)
        case .suspected: break
        case .watching where from == .failedOver: issue(.protected, because: because, assessment, &turn)
        case .watching: issue(.cleared, because: because, assessment, &turn)
        case .blocked: tellBlocked(situation, &turn)
        case .awaitingApproval: askForApproval(assessment, &turn)
        case .failingOver where from == .failingOver: issue(.step, because: because, assessment, &turn)
        case .failingOver:
            if rule.id == "confirmed-automatic" {
                issue(.confirmed, because: assessment.sentence, assessment, &turn)
            }
            issue(.started, because: because, assessment, &turn)
        case .needsOperator where planted(.stopsSilently): break
        case .needsOperator: issue(.needsOperator, because: because, assessment, &turn)
        case .failedOver where from == .needsOperator:
            issue(.failed, because: completionText(because), assessment, &turn)
        case .failedOver: issue(.completed, because: completionText(because), assessment, &turn)
        }
    }

    private func completionText(_ because: String) -> String {
        var parts: [String] = []
        if state.owedFences.isEmpty {
            let unfenced = workload.databases.filter { $0.fencing.method == .none }.map(\.id.rawValue)
            if !unfenced.isEmpty {
                parts.append("NOT FENCED, as configured: \(unfenced.joined(separator: ", "))")
            }
        } else {
            let names = state.owedFences.map { "\($0.identifier) in \($0.region)" }.joined(separator: ", ")
            parts.append("NOT FENCED YET: \(names); done as soon as that Region answers")
        }
        let owed = Set(state.plan?.steps.filter { $0.onFailure == .owe }.map(\.id) ?? [])
        let missing = missingCapacity
        if !missing.isEmpty {
            parts.append("CAPACITY NOT PROVEN: \(missing.map(\.label).joined(separator: ", "))")
        }
        // Capacity has been spoken of.
        let told = owed.union(capacitySteps.map(\.id))
        let unconfirmed = (state.lastEnding?.unconfirmed ?? []).filter { !told.contains($0) }
        if !unconfirmed.isEmpty {
            parts.append("not confirmed: \(unconfirmed.map(\.rawValue).joined(separator: ", "))")
        }
        parts.append(because)
        parts.append("the workload has no standby until replication is rebuilt")
        return parts.joined(separator: "; ")
    }

    private var capacitySteps: [Step] { state.plan?.steps.filter { !$0.action.capacities.isEmpty } ?? [] }

    /// What should have grown in the failover and was not seen to. The last step about it knows: whatever a
    /// raise met, what was seen running afterwards runs.
    private var missingCapacity: [Capacity] {
        guard let step = capacitySteps.last, state.lastEnding?.unconfirmed.contains(step.id) == true else {
            return []
        }
        let detail = state.progress?.finished.last { $0.step == step.id }?.detail ?? ""
        let named = step.action.capacities.filter { detail.contains($0.label) }
        // One that names none of them, or was cut, proves none.
        return named.isEmpty || detail.hasSuffix("...") ? step.action.capacities : named
    }

    mutating func issue(
        _ kind: Notice.Kind, because: String, _ assessment: Assessment, _ turn: inout Turn
    ) {
        let notice = Notice(
            id: "\(workload.id)-\(state.epoch)-\(state.noticeCount + 1)-\(kind.rawValue)", kind: kind,
            workload: workload.id, at: turn.now,
            headline: "\(workload.id): \(kind.title): \(because)".plain(limit: 300),
            body: noticeBody(kind, because, assessment),
            runbook: Runbook(
                kind, closed: assessment.gates.filter { !$0.open }.map(\.id),
                isUnfenced: !state.owedFences.isEmpty)?.path,
            topics: topicsInOrder, failover: failover(concernedBy: kind))
        // Whoever heard something else last does not know any more what it waits for.
        if kind != .blocked { upkeep.toldBlocked = nil }
        if kind != .approvalNeeded { upkeep.askedAt = nil }
        write(.noticeIssued(notice: notice), &turn)
        deliver(notice, &turn)
    }

    /// The failover that runs or was made, or else the one that this outage would become: the same number
    /// from the first suspicion to the end.
    private func failover(concernedBy kind: Notice.Kind) -> Int {
        switch state.phase {
        case .failingOver, .needsOperator, .failedOver: state.epoch
        case .watching, .suspected, .blocked, .awaitingApproval:
            kind == .failed || kind == .protected ? state.epoch : state.epoch + 1
        }
    }

    /// The surviving Region's first.
    private var topicsInOrder: [Topic] {
        workload.topics.filter { $0.region != workload.primaryRegion }
            + workload.topics.filter { $0.region == workload.primaryRegion }
    }

    private func noticeBody(_ kind: Notice.Kind, _ because: String, _ assessment: Assessment) -> String {
        var lines = ["\(workload.id): \(because)", "", assessment.sentence]
        for database in assessment.databases {
            lines.append("")
            lines.append("\(database.database): \(database.verdict.rawValue)")
            lines += database.votes.map { "  \($0.witness.rawValue): \($0.opinion.rawValue): \($0.because)" }
        }
        let closed = assessment.gates.filter { !$0.open }
        if !closed.isEmpty, state.phase != .failingOver, state.phase != .failedOver {
            lines.append("")
            lines.append("Gates that are closed:")
            lines += closed.map { "  \($0.id.rawValue): \($0.because)" }
        }
        lines.append("")
        lines.append(kind.advice(workload.id))
        // Details come from other machines and from operators: a line of theirs must not look like one of
        // ours.
        let text = lines.map { $0.plain(limit: 1000) }.joined(separator: "\n")
        // SNS takes 256 KiB, escaped.
        return String(text.prefix(60_000))
    }
}

extension Notice.Kind {
    var title: String {
        switch self {
        case .approvalNeeded: "approval needed"
        case .needsOperator: "NEEDS OPERATOR"
        case .blocked: "BLOCKED"
        case .failed: "FAILOVER GIVEN UP"
        case .started: "failover started"
        case .completed: "failover completed"
        default: rawValue
        }
    }

    /// What the reader is to do.
    func advice(_ workload: WorkloadID) -> String {
        switch self {
        case .suspected: "Nothing to do yet: drctl status \(workload) shows the evidence as it comes in."
        case .approvalNeeded:
            "To fail over: drctl approve \(workload) --reason '...'. To stop it: drctl hold \(workload) "
                + "--reason '...'."
        case .blocked:
            "Nothing will be done while a gate is closed. drctl explain \(workload) says why; drctl failover "
                + "\(workload) --dry-run shows what a failover would do."
        case .needsOperator:
            "The plan has stopped. drctl status \(workload) names the step; then drctl resume or drctl "
                + "abandon \(workload) --reason '...'."
        case .failed:
            "The plan is given up. drctl history \(workload) has every step that was made; watching goes on."
        case .exposed:
            "Rebuild replication, swap primary and standby in config.yaml, and restart drctl: until then "
                + "nothing fails over by itself."
        case .completed:
            "Check the application, then rebuild replication. drctl history \(workload) has every step."
        default: "drctl status \(workload) shows where it stands."
        }
    }
}
