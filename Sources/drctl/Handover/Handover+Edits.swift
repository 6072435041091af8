import Failover

extension Handover {
    /// Every value of config.yaml that speaks of a role.
    static func edits(_ workload: Workload, controller: Region) -> [HandoverEdit] {
        let (from, to) = (workload.primaryRegion, workload.standbyRegion)
        let root = "workloads.\(workload.id)"
        var edits = turned(root, "primary_region", "standby_region", from.rawValue, to.rawValue)
        edits += workload.databases.flatMap { database($0, at: "\(root).databases.\($0.id)") }
        edits += workload.traffic.enumerated().flatMap { lever($1, at: "\(root).traffic[\($0)]", from, to) }
        edits += witnesses(workload, at: root)
        if controller == to {
            edits.append(
                HandoverEdit(
                    path: "controller.region", from: to.rawValue, to: from.rawValue,
                    note: "with its host: \(to) is now what it would have to leave"))
        }
        return edits
    }

    private static func turned(
        _ root: String, _ one: String, _ other: String, _ primary: String, _ standby: String
    ) -> [HandoverEdit] {
        [
            HandoverEdit(path: "\(root).\(one)", from: primary, to: standby),
            HandoverEdit(path: "\(root).\(other)", from: standby, to: primary),
        ]
    }

    private static func database(_ database: Database, at root: String) -> [HandoverEdit] {
        let (old, new) = (database.primary, database.standby)
        var edits = turned(
            root, "primary.identifier", "standby.identifier", old.identifier, new.identifier)
        edits += turned(
            root, "primary.endpoint", "standby.endpoint", old.endpoint.description, new.endpoint.description)
        if let check = database.healthCheckID {
            edits.append(
                HandoverEdit(
                    path: "\(root).health_check", from: check, to: nil,
                    note: "the health check on \(new.identifier)"))
        }
        if case .auroraGlobal(let global, .detach) = database.kind {
            edits.append(
                HandoverEdit(
                    path: "\(root).global_cluster", from: global, to: Rebuilding.successor(of: global),
                    note: "which \(new.identifier) is the first of"))
        }
        switch database.fencing.method {
        case .none: break
        case .quarantine(let groups):
            edits.append(
                HandoverEdit(
                    path: "\(root).fencing.security_groups", from: groups.joined(separator: ", "), to: nil,
                    note: "groups in \(new.region) that let nobody in"))
        case .revokeIngress(let groups):
            edits.append(
                HandoverEdit(
                    path: "\(root).fencing.security_groups", from: groups.joined(separator: ", "), to: nil,
                    note: "the groups in \(new.region) that let clients into \(new.identifier)"))
        }
        return edits
    }

    /// A record leads to the new writer already, and is moved back in the same way. A health check's lever is
    /// pulled, and stays so: the other direction has one of its own.
    private static func lever(
        _ lever: TrafficLever, at root: String, _ from: Region, _ to: Region
    ) -> [HandoverEdit] {
        guard case .route53HealthCheck(let lever) = lever else { return [] }
        let dimensions = lever.dimensions.sorted { $0.key < $1.key }
        return [
            HandoverEdit(
                path: "\(root).health_check", from: lever.healthCheckID, to: nil,
                note: "that of the PRIMARY record, which leads to \(to), on an alarm in \(from)"),
            HandoverEdit(
                path: "\(root).dimensions",
                from: dimensions.map { "\($0.key)=\($0.value)" }.joined(separator: ", "), to: nil,
                note: "of a metric in \(from) that nobody has put a 1 on"),
        ]
    }

    /// Route 53's metrics live in us-east-1: they tell nothing of its end, and of all others.
    private static func witnesses(_ workload: Workload, at root: String) -> [HandoverEdit] {
        let home = "us-east-1"
        let policy = workload.policy
        var turned = policy.witnesses
        if workload.standbyRegion.rawValue == home { turned.remove(.route53) }
        let isWatched = workload.databases.contains { $0.healthCheckID != nil }
        if workload.primaryRegion.rawValue == home, isWatched { turned.insert(.route53) }
        guard turned != policy.witnesses, turned.count > 2 else { return [] }
        let path = "\(root).policy"
        return [
            HandoverEdit(
                path: "\(path).witnesses", from: listed(policy.witnesses), to: listed(turned),
                note: "Route 53's metrics live in \(home)"),
            HandoverEdit(
                path: "\(path).quorum", from: "\(policy.quorum)", to: "\(turned.count - 1)",
                note: "of \(turned.count) witnesses"),
        ]
    }

    private static func listed(_ witnesses: Set<WitnessKind>) -> String {
        WitnessKind.allCases.filter(witnesses.contains).map(\.rawValue).joined(separator: ", ")
    }
}
