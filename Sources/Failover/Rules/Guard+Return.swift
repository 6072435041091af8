/// A plan takes minutes, and one that stopped or was cut off goes on hours later: the primary may be back by
/// then.
extension Situation {
    /// Signs of life of old writers that the step at hand would put a second writer beside: neither behind a
    /// fence of this plan nor promoted over already. A person who has overridden the proof of life stands
    /// behind a fence.
    var returnSigns: [String] {
        guard let plan = state.plan, let step = state.currentStep,
            !passedOver(by: plan).contains(.sourceAlive), !planted(.ignoresSignsOfLife)
        else { return [] }
        let concerned = databases.filter { item in
            switch step.action {
            case .fence: !state.pastPointOfNoReturn
            default: step.action.promotedDatabase == item.database
            }
        }
        return concerned.filter { !isFenced($0.database) && !isPromoted($0.database) }
            .flatMap { lifeSigns(of: $0) + recentLife($0.database, since: plan.createdAt) }
    }

    /// Proof of life from after the plan was made, though the newest look has none: a primary that comes and
    /// goes is not dead. A step may wait blindly for its moment: whatever was seen since it began counts,
    /// however long ago.
    private func recentLife(_ database: DatabaseID, since planned: Timestamp) -> [String] {
        let memory = attention.databases[database]
        guard let alive = [memory?.lifeSignAt, memory?.provenAliveAt].compactMap(\.self).max(),
            alive > planned
        else { return [] }
        let sinceItBegan = state.progress?.startedAt.map { alive >= $0 } ?? false
        guard sinceItBegan || now - alive < policy.confirmationWindow else { return [] }
        return ["\(database): something proved it alive \((now - alive).text) ago"]
    }

    /// The plan has changed nothing yet, and nothing that may have.
    var isUntouched: Bool {
        state.plan != nil && state.progress != nil && !state.pastPointOfNoReturn
            && state.touchedFences.isEmpty
            && (state.progress?.attempt == 0 || state.currentStep?.action == .recheck)
    }

    /// A plan is made on what was true then: an hour later it is an old plan, and the failover is judged
    /// anew.
    var isOutdated: Bool {
        guard let plan = state.plan else { return false }
        return isUntouched && now - plan.createdAt > .seconds(900)
    }

    /// Why the plan that stopped may not go on; empty when it may. What only a person's word opens is open to
    /// the person who asks. Past the promotion going on is safer than standing still.
    var resumeRefusals: [String] {
        guard let plan = state.plan, let step = state.currentStep else {
            return ["there is no step to go on with"]
        }
        let signs = returnSigns
        if !signs.isEmpty {
            return [
                "the primary is alive and not fenced (\(signs.joined(separator: "; "))): give the plan "
                    + "up with drctl abandon \(workload.id)"
            ]
        }
        // The recheck may be an hour old, or another process's: what is still going to promote is looked at.
        let mayPromote = step.action.promotes || !state.pastPointOfNoReturn
        if mayPromote, !inquiries.allSatisfy(\.isSeen) {
            return [
                "the databases have not been looked at for \(policy.freshness.text): wait until drctl status "
                    + "shows them"
            ]
        }
        if state.pastPointOfNoReturn { return [] }
        let passed = passedOver(by: plan).union(overriddenByResuming).ids
        return gates().filter { !$0.open && !passed.contains($0.id) }.map { gate in
            // Naming the proof of life would not be heeded here.
            let hint =
                gate.id == .sourceAlive
                ? " (give the plan up: drctl abandon \(workload.id))" : gate.id.hint(workload.id)
            return "\(gate.id): \(gate.because)\(hint)"
        }
    }

    private func isFenced(_ database: DatabaseID) -> Bool {
        state.plan?.steps.contains { step in
            guard case .fence(let fence) = step.action, fence.database == database else { return false }
            return isMade(step)
        } ?? false
    }

    private func isMade(_ step: Step) -> Bool {
        guard case .fence = step.action, let progress = state.progress else { return false }
        return progress.finished.contains { $0.step == step.id } && !progress.unconfirmed.contains(step.id)
    }

    private func isPromoted(_ database: DatabaseID) -> Bool {
        inquiries.contains { $0.database.id == database && $0.state(.standby)?.value?.role == .writer }
    }
}
