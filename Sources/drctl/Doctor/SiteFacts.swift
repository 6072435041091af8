import AWS
import Failover

/// What matters of one side of a database, whichever kind it is.
struct SiteFacts: Sendable, Equatable {
    var identifier: String
    var status: String
    var isReplica: Bool
    var engine: String
    var engineVersion: String
    var endpoint: Failover.Endpoint?
    var arn: String?
    /// Every instance; for a cluster without instances, none.
    var classes: [String]
    /// Of the instances of a cluster.
    var instanceStatuses: [String] = []
    var isEncrypted: Bool?
    var isDeletionProtected: Bool?
    /// Days.
    var backupRetention: Int?
    var pendingChanges: [String: String] = [:]
    var securityGroups: [String] = []
    var vpc: String?

    init(_ instance: DBInstance) {
        identifier = instance.dbInstanceIdentifier
        status = instance.dbInstanceStatus ?? "creating"
        isReplica =
            instance.readReplicaSourceDBInstanceIdentifier?.isEmpty == false
            || instance.readReplicaSourceDBClusterIdentifier?.isEmpty == false
        engine = instance.engine ?? ""
        engineVersion = instance.engineVersion ?? ""
        endpoint = Self.endpoint(instance.endpoint?.address, instance.endpoint?.port)
        arn = instance.dbInstanceArn
        classes = [instance.dbInstanceClass].compactMap(\.self)
        isEncrypted = instance.storageEncrypted
        isDeletionProtected = instance.deletionProtection
        backupRetention = instance.backupRetentionPeriod
        pendingChanges = instance.pendingModifiedValues
        securityGroups = instance.vpcSecurityGroups.map(\.vpcSecurityGroupId)
        vpc = instance.dbSubnetGroup?.vpcId
    }

    init(_ cluster: DBCluster, instances: [DBInstance], isReplica: Bool) {
        identifier = cluster.dbClusterIdentifier
        status = cluster.status ?? "unknown"
        self.isReplica = isReplica
        engine = cluster.engine ?? ""
        engineVersion = cluster.engineVersion ?? ""
        endpoint = Self.endpoint(cluster.endpoint, cluster.port)
        arn = cluster.dbClusterArn
        classes = instances.compactMap(\.dbInstanceClass)
        instanceStatuses = instances.map { $0.dbInstanceStatus ?? "creating" }
        isEncrypted = cluster.storageEncrypted
        isDeletionProtected = cluster.deletionProtection
        backupRetention = cluster.backupRetentionPeriod
        pendingChanges = cluster.pendingModifiedValues
        securityGroups = cluster.vpcSecurityGroups.map(\.vpcSecurityGroupId)
        vpc = instances.lazy.compactMap { $0.dbSubnetGroup?.vpcId }.first
    }

    private static func endpoint(_ host: String?, _ port: Int?) -> Failover.Endpoint? {
        guard let host, !host.isEmpty, let port else { return nil }
        return Failover.Endpoint(host: host, port: port)
    }
}
