extension WorkloadMachine {
    /// A fence that is owed is made as soon as the old Region answers, and called off when there is nothing
    /// left to be fenced. Only beside a new writer that has been seen: without one, the old writer is the
    /// only one.
    /// A plan may wait for half an hour for its new writer, and the old one may be back long before.
    mutating func settleOwedFences(_ situation: Situation, _ turn: inout Turn) {
        let isUnderWay = state.phase == .failingOver || state.phase == .needsOperator
        // Before the promotion the plan decides; an owed fence is not forgotten because it has stopped.
        if isUnderWay, !state.pastPointOfNoReturn { return }
        let active = isUnderWay ? state.plan?.targetRegion : state.activeRegion
        for fence in state.owedFences {
            switch active.map({ due(fence, active: $0, situation) })
                ?? .cancel("the failover that owed it is over")
            {
            case .wait: continue
            case .cancel(let because):
                settle(fence, .cancelled(because: because), situation.assessment, &turn)
            case .make:
                // An order that never comes back holds up nothing else, and is given again after a while.
                guard upkeep.fencesTriedAt[fence].map({ turn.now - $0 >= pause(after: fence) }) ?? true else {
                    continue
                }
                upkeep.fencesTriedAt[fence] = turn.now + .seconds(285)
                turn.decision.directives.append(.settleFence(workload.id, fence))
            }
        }
    }

    mutating func fenceFinished(_ fence: FenceAction, _ attempt: FenceAttempt, _ turn: inout Turn) {
        guard state.owedFences.contains(fence) else { return }
        upkeep.fencesTriedAt[fence] = turn.now
        guard case .settled(let settlement) = attempt else {
            upkeep.fenceFailures[fence, default: 0] += 1
            return
        }
        upkeep.fenceFailures[fence] = nil
        settle(fence, settlement, situation(turn).assessment, &turn)
    }

    /// 15 s, doubling to 15 min: each try may restart the old writer, and a person may be at work on it.
    private func pause(after fence: FenceAction) -> Duration {
        .seconds(min(900, 15 << min(max((upkeep.fenceFailures[fence] ?? 0) - 1, 0), 6)))
    }

    private enum Due {
        case wait, make
        case cancel(String)
    }

    /// Roles may have been swapped in the configuration since: what counts is where the fence's database is
    /// now.
    private func due(_ fence: FenceAction, active: Region, _ situation: Situation) -> Due {
        let sides = situation.inquiries.flatMap { inquiry in Side.allCases.map { (inquiry, $0) } }
        let match = sides.first { inquiry, side in
            let site = inquiry.database.site(side)
            return inquiry.database.id == fence.database && site.region == fence.region
                && site.identifier == fence.identifier
        }
        guard let (inquiry, side) = match else {
            return .cancel("\(fence.identifier) in \(fence.region) is not in the configuration any more")
        }
        guard active != fence.region else {
            return .cancel("\(fence.region) is where the workload runs: nothing there is to be fenced")
        }
        guard let old = inquiry.state(side)?.value,
            let new = inquiry.state(side == .primary ? .standby : .primary)?.value
        else { return .wait }
        if old.role == .replica, isRebuilt(old, inquiry.database) { return .cancel("it is a replica now") }
        if let resourceID = fence.resourceID, old.resourceID != resourceID {
            return .cancel("another database has its name now (\(old.resourceID), not \(resourceID))")
        }
        return new.role == .writer ? .make : .wait
    }

    /// Aurora calls the old writer a secondary before it has made it one: until it is connected it may write.
    private func isRebuilt(_ old: DatabaseState, _ database: Database) -> Bool {
        database.kind == .rdsReplica || old.replication?.normal == true
    }

    private mutating func settle(
        _ fence: FenceAction, _ settlement: FenceSettlement, _ assessment: Assessment, _ turn: inout Turn
    ) {
        upkeep.fencesTriedAt[fence] = nil
        write(.fenceSettled(fence: fence, settlement: settlement), &turn)
        let because =
            switch settlement {
            case .fenced(let detail): "\(fence.identifier) in \(fence.region): \(detail)"
            case .cancelled(let reason): "\(fence.identifier) in \(fence.region) needs no fence: \(reason)"
            }
        issue(.fenced, because: because, assessment, &turn)
    }
}
