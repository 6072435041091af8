import Failover

/// A leader lease with a ttl of 30 s, kept by an agent beside the primary in a store that spans three
/// Regions.
struct LeaderLease: SimplePolicy {
    let name = "30 s leader lease"
    let citation =
        "Patroni's defaults: ttl 30, loop_wait 10, maximum_lag_on_failover 1 MiB (taken as 10 s of writes); "
        + "the store has members in the primary, the standby and a third Region"

    static let ttl = 30
    static let loop = 10
    static let mostLag = Duration.seconds(10)

    struct Memory {
        var renewed = Int.min / 2
        /// What the replica lacked when the lease was last renewed.
        var lag = Duration.zero
    }

    func start(_ incident: Incident, _ member: Cast.Member) -> Memory { Memory() }

    func step(at second: Int, _ view: SimpleView, _ memory: inout Memory) -> SimpleVerdict? {
        guard second % Self.loop == 0 else { return nil }
        if renews(view.conditions(at: second)) {
            memory = Memory(renewed: second, lag: view.onlooker.history.loss(at: second))
            return nil
        }
        guard memory.renewed > Int.min / 2, second - memory.renewed >= Self.ttl, memory.lag <= Self.mostLag,
            view.standbyServes(at: second)
        else { return nil }
        return SimpleVerdict(predictedLoss: memory.lag)
    }

    /// The agent asks the server on its own machine, and needs two of the store's three members: its own
    /// Region's, the standby's, the third one's.
    private func renews(_ now: Conditions) -> Bool {
        guard now.primaryServes, !now.isDemoted else { return false }
        let reached = [Conditions.End.standby, .host].filter { !now.isCut($0, .primary) }
        return !reached.isEmpty
    }
}
