/// What a workload's last look means to the others.
struct Standing: Sendable, Equatable {
    var failedSince: Timestamp?
    var outsideConfirms = false
    var readiness = Neighbour.Readiness.none

    init() {}

    init(_ situation: Situation) {
        failedSince = situation.attention.quorumSince
        guard failedSince != nil else { return }
        outsideConfirms = situation.outsideConfirms
        // A closed `progress` says that it runs already, or has run. Without a plan it would wait for ever,
        // and others for it.
        let inTheWay = situation.closedGates.subtracting(.capacity)
        guard GateSet.window.contains(inTheWay), situation.obstacle == nil else { return }
        readiness = inTheWay.isEmpty ? .ready : .near
    }
}

extension WorkloadMachine {
    func neighbour() -> Neighbour {
        Neighbour(
            id: workload.id, primaryRegion: workload.primaryRegion, priority: workload.priority,
            failedSince: standing.failedSince, outsideConfirms: standing.outsideConfirms,
            slotUntil: slotUntil, readiness: state.phase == .failingOver ? .none : standing.readiness)
    }

    /// Twice the forecast, and at least 5 min: what takes longer is in trouble, and waits for AWS or a
    /// person.
    private var slotUntil: Timestamp? {
        guard state.phase == .failingOver, let plan = state.plan else { return nil }
        let forecast = Duration.milliseconds(Int64(plan.forecast.rtoSeconds * 1000))
        return plan.createdAt + max(forecast * 2, .seconds(300))
    }
}
