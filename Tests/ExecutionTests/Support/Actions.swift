import Failover

@testable import Execution

/// The databases of the tests: a replica in eu-central-1 of a writer in eu-west-1, and the same for Aurora.
enum Estate {
    static let old: Region = "eu-west-1"
    static let new: Region = "eu-central-1"
    static let endpoint = Failover.Endpoint(
        host: "orders-replica.x.eu-central-1.rds.amazonaws.com", port: 5432)

    static let replica = InstanceModel(
        identifier: "orders-replica", region: new, resourceID: "db-NEW",
        source: "arn:aws:rds:eu-west-1:1:db:orders", retention: 7)
    static let writer = InstanceModel(identifier: "orders", region: old, resourceID: "db-OLD")

    static let promote = Action.promoteReplica(
        PromoteReplica(database: "orders", region: new, identifier: "orders-replica", resourceID: "db-NEW"))
    static let awaitInstance = Action.awaitWriter(
        AwaitWriter(
            database: "orders", region: new, identifier: "orders-replica", globalCluster: nil,
            resourceID: "db-NEW",
            endpoint: endpoint))

    static let oldCluster = ClusterModel(
        identifier: "ledger-old", region: old, resourceID: "cluster-OLD", members: ["ledger-old-1"])
    static let newCluster = ClusterModel(
        identifier: "ledger-new", region: new, resourceID: "cluster-NEW", members: ["ledger-new-1"])
    static let global = GlobalModel(
        identifier: "ledger", writer: oldCluster.arn, secondaries: [newCluster.arn])
    /// The global cluster once the new side leads it.
    static let ledWriter = GlobalModel(
        identifier: "ledger", writer: newCluster.arn, secondaries: [oldCluster.arn])
    static let clusterInstances = [
        InstanceModel(identifier: "ledger-old-1", region: old, resourceID: "db-LO", cluster: "ledger-old"),
        InstanceModel(identifier: "ledger-new-1", region: new, resourceID: "db-LN", cluster: "ledger-new"),
    ]

    static let detach = Action.detachFromGlobalCluster(
        DetachFromGlobalCluster(
            database: "ledger", region: new, globalCluster: "ledger", clusterIdentifier: "ledger-new",
            clusterARN: newCluster.arn))
    static let globalFailover = Action.failoverGlobalCluster(
        Failover.FailoverGlobalCluster(
            database: "ledger", region: new, globalCluster: "ledger", clusterIdentifier: "ledger-new",
            clusterARN: newCluster.arn))
    static let awaitCluster = Action.awaitWriter(
        AwaitWriter(
            database: "ledger", region: new, identifier: "ledger-new", globalCluster: "ledger",
            resourceID: "cluster-NEW", endpoint: endpoint))

    static let move = Action.moveRecord(
        MoveRecord(
            zoneID: "Z1", name: "db.example.com", type: "CNAME", setIdentifier: nil,
            oldValue: "old.x.eu-west-1.rds.amazonaws.com", newValue: "new.x.eu-central-1.rds.amazonaws.com"))
    static let flip = FlipHealthCheck(
        lever: HealthCheckLever(
            database: "orders", name: "db.example.com", healthCheckID: "hc-1", region: new,
            namespace: "drctl",
            metric: "Failover", dimensions: ["workload": "payments"]),
        value: 1)
    static let confirm = Action.confirmTraffic(ConfirmTraffic(name: "db.example.com", endpoint: endpoint))

    static func fence(
        _ method: Fencing.Method = .quarantine(securityGroups: ["sg-quarantine"]), cluster: Bool = false,
        resourceID: String? = "db-OLD"
    ) -> FenceAction {
        FenceAction(
            database: cluster ? "ledger" : "orders", region: old,
            identifier: cluster ? "ledger-old" : "orders",
            isCluster: cluster, resourceID: cluster ? "cluster-OLD" : resourceID, method: method)
    }

    static var world: World {
        var world = World()
        world.instances = [replica, writer] + clusterInstances
        world.clusters = [oldCluster, newCluster]
        world.globals = [global]
        world.groups = ["sg-app": 2, "sg-quarantine": 0]
        return world
    }
}
