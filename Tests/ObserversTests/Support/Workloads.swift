import Failover

extension Workload {
    static func test(
        _ id: WorkloadID, _ databases: Database..., witnesses: Set<WitnessKind> = Set(WitnessKind.allCases)
    ) -> Workload {
        test(id, databases, witnesses: witnesses)
    }

    static func test(
        _ id: WorkloadID, _ databases: [Database], witnesses: Set<WitnessKind> = Set(WitnessKind.allCases)
    ) -> Workload {
        let policy = Policy(
            mode: .observe, witnesses: witnesses, quorum: 2, confirmationWindow: .seconds(30),
            clearanceWindow: .seconds(60), maximumDataLoss: .seconds(30), cooldown: .seconds(3600),
            freshness: .seconds(30), metricFreshness: .seconds(240), stallAfter: .seconds(330),
            providerRecoveryLimit: .seconds(300), timeouts: Policy.Timeouts())
        return Workload(id: id, databases: databases, policy: policy, traffic: [], topics: [])
    }
}

extension Database {
    static let west: Region = "eu-west-1"
    static let north: Region = "eu-north-1"

    static func rds(_ id: DatabaseID, healthCheckID: String? = nil) -> Database {
        Database(
            id: id, kind: .rdsReplica,
            primary: Site(
                region: west, identifier: "\(id)-w", endpoint: Endpoint(host: "192.0.2.1", port: 5432)),
            standby: Site(
                region: north, identifier: "\(id)-n", endpoint: Endpoint(host: "192.0.2.2", port: 5432)),
            fencing: Fencing(method: .none), healthCheckID: healthCheckID)
    }

    static func aurora(_ id: DatabaseID, global: String = "global") -> Database {
        var database = rds(id)
        database.kind = .auroraGlobal(globalCluster: global, method: .detach)
        return database
    }

    func at(_ endpoint: Endpoint) -> Database {
        var database = self
        database.primary.endpoint = endpoint
        return database
    }
}
