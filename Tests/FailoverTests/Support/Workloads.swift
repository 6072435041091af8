@testable import Failover

extension Policy {
    /// Short windows that are easy to count with: 60 s to confirm and to clear, at most 30 s of loss.
    static func testing(mode: Mode = .automatic, quorum: Int = 2) -> Policy {
        Policy(
            mode: mode, witnesses: Set(WitnessKind.allCases), quorum: quorum,
            confirmationWindow: .seconds(60),
            clearanceWindow: .seconds(60), maximumDataLoss: .seconds(30), cooldown: .seconds(7200),
            freshness: .seconds(15), metricFreshness: .seconds(180), stallAfter: .seconds(330),
            providerRecoveryLimit: .seconds(300), timeouts: Timeouts())
    }
}

extension Region {
    static let home: Region = "ap-southeast-2"
    static let away: Region = "ap-southeast-1"
}

extension Database {
    static func replica(
        _ id: DatabaseID = "orders",
        fencing: Fencing = Fencing(method: .quarantine(securityGroups: ["sg-closed"]))
    ) -> Database {
        Database(
            id: id, kind: .rdsReplica,
            primary: Site(
                region: .home, identifier: "\(id)-a",
                endpoint: Endpoint(host: "\(id)-a.example", port: 5432)),
            standby: Site(
                region: .away, identifier: "\(id)-b",
                endpoint: Endpoint(host: "\(id)-b.example", port: 5432)),
            fencing: fencing)
    }

    static func aurora(_ method: AuroraMethod, _ id: DatabaseID = "orders") -> Database {
        var database = replica(id)
        database.kind = .auroraGlobal(globalCluster: "global-\(id)", method: method)
        return database
    }

    /// As in the configuration after the roles were swapped there.
    var swapped: Database {
        var database = self
        (database.primary, database.standby) = (standby, primary)
        return database
    }
}

extension TrafficLever {
    static func record(_ database: DatabaseID = "orders") -> TrafficLever {
        .route53Record(RecordLever(database: database, zoneID: "Z1", name: "\(database).db.example"))
    }

    static func check(_ database: DatabaseID = "orders") -> TrafficLever {
        .route53HealthCheck(
            HealthCheckLever(
                database: database, name: "\(database).check.example", healthCheckID: "hc-1", region: .away,
                namespace: "drctl", metric: "Failover", dimensions: ["workload": "shop"]))
    }
}

extension Capacity {
    /// A web service in each Region, and workers in the standby one.
    static let web = [Region.home, .away].map {
        Capacity(region: $0, resource: .ecsService(cluster: "shop", service: "web"), desired: 6)
    }
    static let workers = Capacity(region: .away, resource: .autoScalingGroup(name: "workers"), desired: 4)
}

extension Workload {
    static func shop(
        id: WorkloadID = "shop", mode: Policy.Mode = .automatic, quorum: Int = 2,
        databases: [Database] = [.replica()], traffic: [TrafficLever] = [.record()],
        capacity: [Capacity] = []
    ) -> Workload {
        Workload(
            id: id, databases: databases, policy: .testing(mode: mode, quorum: quorum), traffic: traffic,
            topics: [
                Topic(region: .home, arn: "arn:aws:sns:ap-southeast-2:111122223333:dr"),
                Topic(region: .away, arn: "arn:aws:sns:ap-southeast-1:111122223333:dr"),
            ], capacity: capacity)
    }

    func with(_ change: (inout Policy) -> Void) -> Workload {
        var workload = self
        change(&workload.policy)
        return workload
    }
}
