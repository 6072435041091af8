import Failover

/// One name that `what:` can have: what it makes true. `docs/incidents/README.md` lists them all.
struct EventKind: Sendable {
    var name: String
    var aliases: [String] = []
    var parameters: [EventParameter] = []
    /// For a kind that only ends others: the names of those that it ends; empty for kinds that last.
    var ends: [String] = []
    var effect: @Sendable (inout Conditions, EventArguments, Places) -> Void = { _, _, _ in }

    static let table: [EventKind] =
        regionKinds + databaseKinds + networkKinds + providerKinds + witnessKinds + replicaKinds + hostKinds
        + endingKinds

    static let byName: [String: EventKind] = {
        let pairs = table.flatMap { kind in ([kind.name] + kind.aliases).map { ($0, kind) } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()

    private static let endingKinds: [EventKind] = [
        EventKind(
            name: "region-up", aliases: ["region-recovers", "region-healed", "region-back"],
            ends: regionKinds.map(\.name)),
        EventKind(
            name: "database-up",
            aliases: ["database-recovers", "database-back", "instance-up", "primary-up", "primary-returns"],
            ends: databaseKinds.map(\.name)),
        EventKind(
            name: "network-up", aliases: ["network-healed", "healed", "partition-ends", "host-back"],
            ends: networkKinds.map(\.name) + ["region-unreachable", "region-edge-down"]),
        EventKind(
            name: "provider-up",
            aliases: ["control-plane-up", "api-up", "metrics-up", "metrics-back", "credentials-renewed"],
            ends: providerKinds.map(\.name)),
        EventKind(
            name: "replica-up", aliases: ["replica-recovers", "replication-resumes", "lag-recovers"],
            ends: replicaKinds.map(\.name)),
        EventKind(
            name: "release", aliases: ["hold-released", "controller-resumed"], ends: hostKinds.map(\.name)),
        EventKind(
            name: "all-clear", aliases: ["all-well", "recovered", "everything-up"],
            ends: (regionKinds + databaseKinds + networkKinds + providerKinds + witnessKinds + replicaKinds
                + hostKinds).map(\.name)),
    ]
}
