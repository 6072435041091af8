import Failover

/// An RDS instance on its way through promotion, modification and restart.
struct InstanceModel: Sendable {
    var identifier: String
    var region: Region
    var resourceID: String
    var source: String?
    var status = "available"
    var retention = 0
    var groups = ["sg-app"]
    var cluster: String?
    var promotedAt: Timestamp?
    var modifiedAt: Timestamp?
    var newGroups: [String] = []
    var rebootedAt: Timestamp?
    var restart = Duration.seconds(20)

    /// `modifying` and `rebooting` with the source still named, then `backing-up` and `available` without.
    func status(at time: Timestamp) -> String {
        if let promotedAt, time >= promotedAt {
            switch time - promotedAt {
            case ..<Duration.seconds(30): return "modifying"
            case ..<Duration.seconds(60): return "rebooting"
            case ..<Duration.seconds(80): return "backing-up"
            default: break
            }
        }
        if let rebootedAt, time >= rebootedAt, time - rebootedAt < restart { return "rebooting" }
        if let modifiedAt, time >= modifiedAt, time - modifiedAt < .seconds(8) { return "modifying" }
        return status
    }

    func source(at time: Timestamp) -> String? {
        if let promotedAt, time - promotedAt >= .seconds(60) { return nil }
        return source
    }

    func memberships(at time: Timestamp) -> [(String, String)] {
        Self.memberships(groups, newGroups, modifiedAt, time)
    }

    static func memberships(
        _ old: [String], _ new: [String], _ modifiedAt: Timestamp?, _ time: Timestamp
    ) -> [(String, String)] {
        guard let modifiedAt, time >= modifiedAt else { return old.map { ($0, "active") } }
        guard time - modifiedAt < .seconds(8) else { return new.map { ($0, "active") } }
        return old.map { ($0, "removing") } + new.map { ($0, "adding") }
    }

    func xml(at time: Timestamp) -> String {
        let source = source(at: time).map {
            "<ReadReplicaSourceDBInstanceIdentifier>\($0)</ReadReplicaSourceDBInstanceIdentifier>"
        }
        let cluster = cluster.map { "<DBClusterIdentifier>\($0)</DBClusterIdentifier>" }
        return """
            <DBInstance><DBInstanceIdentifier>\(identifier)</DBInstanceIdentifier>
            <DbiResourceId>\(resourceID)</DbiResourceId>
            <DBInstanceStatus>\(status(at: time))</DBInstanceStatus>
            <BackupRetentionPeriod>\(retention)</BackupRetentionPeriod>\(source ?? "")\(cluster ?? "")
            <Endpoint><Address>\(identifier).x.\(region).rds.amazonaws.com</Address>
            <Port>5432</Port></Endpoint>
            <VpcSecurityGroups>\(membershipXML(memberships(at: time)))</VpcSecurityGroups></DBInstance>
            """
    }
}

func membershipXML(_ memberships: [(String, String)]) -> String {
    memberships.map {
        "<VpcSecurityGroupMembership><VpcSecurityGroupId>\($0.0)</VpcSecurityGroupId><Status>\($0.1)</Status>"
            + "</VpcSecurityGroupMembership>"
    }.joined()
}

extension World {
    func describe(_ call: WireCall, at time: Timestamp) -> String {
        let filter = call.parameters["Filters.Filter.1.Name"]
        let values = call.list("Filters.Filter.1.Values.Value")
        switch call.operation {
        case "DescribeDBInstances":
            let found = instances.filter { instance in
                guard instance.region == call.region else { return false }
                switch filter {
                case "db-instance-id": return values.contains(instance.identifier)
                case "dbi-resource-id": return values.contains(instance.resourceID)
                case "db-cluster-id": return instance.cluster.map(values.contains) ?? false
                default: return true
                }
            }
            return "<DBInstances>\(found.map { $0.xml(at: time) }.joined())</DBInstances>"
        case "DescribeDBClusters":
            let found = clusters.filter { cluster in
                guard cluster.region == call.region else { return false }
                switch filter {
                case "db-cluster-id": return values.contains(cluster.identifier)
                case "db-cluster-resource-id": return values.contains(cluster.resourceID)
                default: return true
                }
            }
            return "<DBClusters>\(found.map { $0.xml(at: time) }.joined())</DBClusters>"
        default:
            let found = globals.filter {
                call.parameters["GlobalClusterIdentifier"].map($0.identifier.elementsEqual) ?? true
            }
            return "<GlobalClusters>\(found.map { $0.xml(at: time) }.joined())</GlobalClusters>"
        }
    }

    mutating func changeInstance(_ call: WireCall, at now: Timestamp) throws(Refusal) -> String {
        let name = call.parameters["DBInstanceIdentifier"]
        guard let index = instances.firstIndex(where: { $0.identifier == name && $0.region == call.region })
        else {
            throw Refusal("DBInstanceNotFound", status: 404)
        }
        guard instances[index].status(at: now) == "available" else {
            throw Refusal("InvalidDBInstanceState", "the instance is \(instances[index].status(at: now))")
        }
        switch call.operation {
        case "PromoteReadReplica":
            guard instances[index].source(at: now) != nil, instances[index].promotedAt == nil else {
                throw Refusal("InvalidDBInstanceState", "it is no replica")
            }
            instances[index].promotedAt = now
        case "RebootDBInstance": instances[index].rebootedAt = now
        default:
            instances[index].modifiedAt = now
            instances[index].newGroups = call.list("VpcSecurityGroupIds.VpcSecurityGroupId")
        }
        return instances[index].xml(at: now)
    }
}
