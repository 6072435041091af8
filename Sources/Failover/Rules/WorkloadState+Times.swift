extension WorkloadState {
    /// With every time that something is measured from as `change` has it.
    func changingTimes(_ change: (Timestamp) -> Timestamp) -> WorkloadState {
        var copy = self
        copy.phaseSince = phaseSince.map(change)
        copy.suspectedSince = suspectedSince.map(change)
        copy.lastCompletedAt = lastCompletedAt.map(change)
        copy.exposedSince = exposedSince.map(change)
        copy.lastNoticeAt = lastNoticeAt.map(change)
        if let plan { copy.plan?.createdAt = change(plan.createdAt) }
        copy.progress?.startedAt = progress?.startedAt.map(change)
        copy.progress?.failedAt = progress?.failedAt.map(change)
        return copy
    }

    /// The times that lie after `now`.
    func times(after now: Timestamp) -> Set<Timestamp> {
        var found: Set<Timestamp> = []
        _ = changingTimes { time in
            if time > now { found.insert(time) }
            return time
        }
        return found
    }
}

extension WorkloadMachine {
    /// The state, with the times that a clock which was ahead had put on record taken for when this process
    /// took over: until that clock's time has come a cooldown would not run, a plan would not grow old and a
    /// step would not time out. What is on record stays as it is.
    var recalledState: WorkloadState {
        guard !upkeep.future.isEmpty, let resumedAt = upkeep.resumedAt else { return state }
        return state.changingTimes { upkeep.future.contains($0) ? resumedAt : $0 }
    }
}
