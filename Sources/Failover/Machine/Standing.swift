/// What a workload's last look means to the others.
struct Standing: Sendable, Equatable {
    var onset: Onset?
    var readiness = Neighbour.Readiness.none

    /// Of a workload that has no quorum.
    init(onset: Onset? = nil) { self.onset = onset }

    init(_ situation: Situation) {
        onset = situation.attention.onset
        guard situation.attention.quorumSince != nil else { return }
        // A closed `progress` says that it runs already, or has run. Without a plan it would wait for ever,
        // and others for it.
        let inTheWay = situation.closedGates.subtracting(.capacity)
        guard GateSet.passing.contains(inTheWay), situation.obstacle == nil else { return }
        readiness = inTheWay.isEmpty ? .ready : .near
    }
}

extension WorkloadMachine {
    func neighbour() -> Neighbour {
        Neighbour(
            id: workload.id, primaryRegion: workload.primaryRegion, priority: workload.priority,
            onset: hasPassed ? nil : standing.onset, isWatched: !hasPassed, slotUntil: slotUntil,
            readiness: state.phase == .failingOver ? .none : standing.readiness)
    }

    /// It has failed over, or stopped on the way: its old primary is dead, and that is no news.
    private var hasPassed: Bool { state.phase == .failedOver || state.phase == .needsOperator }

    /// Twice the forecast, and at least 5 min: what takes longer is in trouble, and waits for AWS or a
    /// person.
    private var slotUntil: Timestamp? {
        guard state.phase == .failingOver, let plan = recalledState.plan else { return nil }
        let forecast = Duration.milliseconds(Int64(plan.forecast.rtoSeconds * 1000))
        return plan.createdAt + max(forecast * 2, .seconds(300))
    }
}
