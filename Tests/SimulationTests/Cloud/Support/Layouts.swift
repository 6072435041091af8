import Failover

/// Workloads with their primaries in eu-west-1 and their standbys in eu-central-1.
enum Layouts {
    static let old: Region = "eu-west-1"
    static let new: Region = "eu-central-1"
    static let primaryHost = "orders.x.eu-west-1.rds.amazonaws.com"
    static let standbyHost = "orders-replica.x.eu-central-1.rds.amazonaws.com"
    static let primary = site(old, "orders", primaryHost)
    static let standby = site(new, "orders-replica", standbyHost)
    static let topic = Topic(region: new, arn: "arn:aws:sns:eu-central-1:123456789012:dr")

    static let record = TrafficLever.route53Record(
        RecordLever(database: "orders", zoneID: "Z1", name: "db.shop.example"))
    static let lever = HealthCheckLever(
        database: "orders", name: "db.shop.example", healthCheckID: "lever-1", region: new,
        namespace: "drctl", metric: "Failover", dimensions: ["workload": "shop"])

    static func site(_ region: Region, _ name: String, _ host: String) -> Site {
        Site(region: region, identifier: name, endpoint: Endpoint(host: host, port: 5432))
    }

    static func shop(
        kind: Database.Kind = .rdsReplica,
        fencing: Fencing.Method = .quarantine(securityGroups: ["sg-closed"]),
        traffic: [TrafficLever] = [record], stallAfter: Duration = .seconds(330)
    ) -> Workload {
        let database = Database(
            id: "orders", kind: kind, primary: primary, standby: standby, fencing: Fencing(method: fencing),
            healthCheckID: "check-1")
        return Workload(
            id: "shop", databases: [database], policy: policy(stallAfter), traffic: traffic, topics: [topic])
    }

    static let aurora = Database.Kind.auroraGlobal(globalCluster: "shop-global", method: .detach)

    private static func policy(_ stallAfter: Duration) -> Policy {
        Policy(
            mode: .automatic, witnesses: [.route53, .controlPlane, .replication, .probe], quorum: 2,
            confirmationWindow: .seconds(60), clearanceWindow: .seconds(60), maximumDataLoss: .seconds(60),
            cooldown: .seconds(3600), freshness: .seconds(30), metricFreshness: .seconds(300),
            stallAfter: stallAfter, providerRecoveryLimit: .seconds(180), timeouts: .init())
    }

    // What the planner would say.
    static let promote = Action.promoteReplica(
        PromoteReplica(
            database: "orders", region: new, identifier: "orders-replica", resourceID: "db-ORDERS-REPLICA"))
    static let awaitInstance = Action.awaitWriter(
        AwaitWriter(
            database: "orders", region: new, identifier: "orders-replica", globalCluster: nil,
            resourceID: "db-ORDERS-REPLICA", endpoint: standby.endpoint))
    private static let clusterARN = "arn:aws:rds:eu-central-1:123456789012:cluster:orders-replica"
    static let detach = Action.detachFromGlobalCluster(
        DetachFromGlobalCluster(
            database: "orders", region: new, globalCluster: "shop-global",
            clusterIdentifier: "orders-replica", clusterARN: clusterARN))
    static let globalFailover = Action.failoverGlobalCluster(
        FailoverGlobalCluster(
            database: "orders", region: new, globalCluster: "shop-global",
            clusterIdentifier: "orders-replica", clusterARN: clusterARN))
    static let awaitCluster = Action.awaitWriter(
        AwaitWriter(
            database: "orders", region: new, identifier: "orders-replica", globalCluster: "shop-global",
            resourceID: "cluster-ORDERS-REPLICA", endpoint: standby.endpoint))
    static let move = Action.moveRecord(
        MoveRecord(
            zoneID: "Z1", name: "db.shop.example", type: "CNAME", setIdentifier: nil,
            oldValue: primaryHost, newValue: standbyHost))
    static let flip = Action.flipHealthCheck(FlipHealthCheck(lever: lever, value: 1))
    static let confirm = Action.confirmTraffic(
        ConfirmTraffic(name: "db.shop.example", endpoint: standby.endpoint))
    static func fence(
        _ method: Fencing.Method = .quarantine(securityGroups: ["sg-closed"]), isCluster: Bool = false
    ) -> FenceAction {
        FenceAction(
            database: "orders", region: old, identifier: "orders", isCluster: isCluster,
            resourceID: isCluster ? "cluster-ORDERS" : "db-ORDERS", method: method)
    }
}
