/// The conditions of a failover. All are always judged, so that a person sees every reason at once.
extension Situation {
    func gates() -> [GateResult] { GateID.allCases.map(judge) }

    private func judge(_ id: GateID) -> GateResult {
        let (open, because) =
            switch id {
            case .mode: modeGate
            case .hold: holdGate
            case .cooldown: cooldownGate
            case .progress: progressGate
            case .capacity: capacityGate
            case .quorum: quorumGate
            case .window: windowGate
            case .sourceAlive: sourceAliveGate
            case .isolation: isolationGate
            case .provider: providerGate
            case .lag: lagGate
            case .target: targetGate
            case .position: positionGate
            }
        return GateResult(id: id, open: open, because: because)
    }

    private var modeGate: (Bool, String) {
        switch policy.mode {
        case .automatic: (true, "mode is automatic")
        case .approval: (false, "mode is approval: a person must say yes (drctl approve \(workload.id))")
        case .observe: (false, "mode is observe: nothing is done without drctl failover")
        }
    }

    private var holdGate: (Bool, String) {
        guard let hold = state.hold else { return (true, "not on hold") }
        return (false, "on hold by \(hold.by) since \(hold.since): \(hold.reason)")
    }

    /// Armed by completed failovers only: one that never completed must not lock its successor out.
    private var cooldownGate: (Bool, String) {
        guard let completed = state.lastCompletedAt else { return (true, "no failover before") }
        let rest = policy.cooldown - (now - completed)
        return rest <= .zero
            ? (true, "the last failover was \((now - completed).text) ago")
            : (false, "the last failover was \((now - completed).text) ago; quiet for another \(rest.text)")
    }

    private var progressGate: (Bool, String) {
        switch state.phase {
        case .failingOver: (false, "a failover is running (epoch \(state.epoch))")
        case .needsOperator:
            (false, "a failover stopped halfway: drctl resume or drctl abandon \(workload.id)")
        case .failedOver:
            (false, "already failed over (epoch \(state.epoch)); replication is to be rebuilt first")
        case .watching, .suspected, .blocked, .awaitingApproval: (true, "no failover is running")
        }
    }

    private var capacityGate: (Bool, String) {
        (running < capacity, "\(running) of at most \(capacity) other failovers are running")
    }

    private var quorumGate: (Bool, String) {
        var lines = databases.map { assessment in
            let failed = failedVotes(of: assessment)
            let names = failed.map(\.witness.rawValue).joined(separator: ", ")
            let outside =
                failed.contains(where: \.witness.standsOutside) ? "" : ", none from outside our own path"
            let count = "\(failed.count) of \(policy.quorum) needed say failed"
            return "\(assessment.database): \(count)\(failed.isEmpty ? "" : " (\(names)\(outside))")"
        }
        // The count alone would not explain a quorum that is there, but contradicted.
        if verdict != .failed { lines.append("the judgement is \(verdict.rawValue)") }
        return (verdict == .failed, lines.joined(separator: "; "))
    }

    private var windowGate: (Bool, String) {
        guard let since = attention.quorumSince else {
            return (false, "the quorum does not hold; it must for \(policy.confirmationWindow.text)")
        }
        return (
            confirmed, "the quorum has held for \((now - since).text) of \(policy.confirmationWindow.text)"
        )
    }

    private var sourceAliveGate: (Bool, String) {
        let alive = databases.flatMap(lifeSigns)
        return alive.isEmpty
            ? (true, "nothing proves the primary alive") : (false, alive.joined(separator: "; "))
    }

    /// What says that the primary lives. While nothing has said failed every good word counts; from then on
    /// only what is younger than that (see `Vote.Opinion.alive`).
    func lifeSigns(of item: DatabaseAssessment) -> [String] {
        let signs = item.votes.filter { vote in
            vote.opinion == .alive || (item.darkSince == nil && vote.opinion == .healthy)
                || (vote.witness == .probe && vote.opinion == .configurationFault && refusesUs(item.database))
        }
        return signs.map { "\(item.database): \($0.witness.rawValue): \($0.because)" }
    }

    private func refusesUs(_ database: DatabaseID) -> Bool {
        inquiries.contains { $0.database.id == database && $0.primaryRefusesUs }
    }

    private var isolationGate: (Bool, String) {
        verdict == .isolated
            ? (false, "nothing at all answers, not even the standby Region: the fault is on our side")
            : (true, "something outside answers us")
    }

    private var providerGate: (Bool, String) {
        guard databases.contains(where: { $0.verdict == .providerRecovering }) else {
            return (true, "no recovery by AWS is under way")
        }
        return (false, "AWS is at work on it; waited for up to \(policy.providerRecoveryLimit.text)")
    }

    private var lagGate: (Bool, String) {
        let limit = policy.maximumDataLoss
        let lines = databases.map { assessment -> (Bool, String) in
            guard let lag = assessment.lag else {
                return (false, "\(assessment.database): the replication lag is unknown")
            }
            let loss = Duration.milliseconds(Int64(lag.lossSeconds * 1000))
            let side = loss <= limit ? "within" : "over"
            let text = "up to \(loss.text) would be lost, \(side) the limit of \(limit.text)"
            return (loss <= limit, "\(assessment.database): \(text)")
        }
        return (lines.allSatisfy(\.0), lines.map(\.1).joined(separator: "; "))
    }

    private var targetGate: (Bool, String) {
        let lines = inquiries.map { inquiry -> (Bool, String) in
            let (fit, because) = inquiry.targetFitness
            return (fit, "\(inquiry.database.id): \(because)")
        }
        return (lines.allSatisfy(\.0), lines.map(\.1).joined(separator: "; "))
    }

    private var positionGate: (Bool, String) {
        if let active = state.activeRegion, active != workload.primaryRegion {
            return (
                false,
                "runs in \(active), not in \(workload.primaryRegion): swap primary and standby in config.yaml"
            )
        }
        let wrong = inquiries.compactMap { inquiry -> String? in
            if inquiry.state(.standby)?.value?.role == .writer {
                return "\(inquiry.database.id): \(inquiry.database.standby.identifier) is a writer already"
            }
            if inquiry.state(.primary)?.value?.role == .replica {
                let name = inquiry.database.primary.identifier
                return "\(inquiry.database.id): \(name) is a replica, not the writer"
            }
            return nil
        }
        return wrong.isEmpty ? (true, "the roles are as configured") : (false, wrong.joined(separator: "; "))
    }
}
