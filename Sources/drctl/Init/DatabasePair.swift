import AWS
import Failover
import Settings

/// A database in one Region with what could take its place in another.
struct DatabasePair: Sendable {
    struct Side: Sendable {
        var region: Region
        var identifier: String
        var host: String
        var port: Int

        var written: ProposedDatabase.Side { .init(identifier: identifier, endpoint: "\(host):\(port)") }
    }

    var primary: Side
    var standby: Side
    /// Nil for an RDS read replica.
    var globalCluster: String?
    /// The primary's own security groups.
    var groups: [String]
}

/// Finds the pairs in an estate, and says what it left out.
struct PairFinder {
    let estate: Estate
    let regions: [Region]
    private(set) var pairs: [DatabasePair] = []
    private(set) var remarks: [String] = []

    init(estate: Estate, regions: [Region]) {
        self.estate = estate
        self.regions = regions
        for region in regions {
            for instance in estate.places[region]?.instances ?? [] { take(replica: instance, in: region) }
        }
        for cluster in estate.globalClusters { take(global: cluster) }
    }

    private mutating func take(replica: DBInstance, in region: Region) {
        // Within a Region the source is a bare name; only across Regions it is an ARN.
        guard let source = replica.readReplicaSourceDBInstanceIdentifier.flatMap(DatabaseARN.init),
            source.region != region
        else { return }
        let name = "\(replica.dbInstanceIdentifier) in \(region)"
        guard replica.engine?.hasPrefix("postgres") == true else {
            return leave(
                "\(name) is \(replica.engine ?? "of an unknown engine"): drctl looks after PostgreSQL")
        }
        guard let primary = estate.instance(source.name, in: source.region) else {
            let reason =
                regions.contains(source.region) ? "which is not there" : "add it to --regions to take it"
            return leave("\(name) replicates \(source.name) in \(source.region): \(reason)")
        }
        guard let home = side(of: primary, source.region), let away = side(of: replica, region) else {
            return leave("\(name) or its primary has no endpoint yet")
        }
        guard !pairs.contains(where: { isSame($0.primary, home) }) else {
            return leave("\(name) is one more replica of \(home.identifier): a database has one standby")
        }
        pairs.append(
            DatabasePair(
                primary: home, standby: away, globalCluster: nil,
                groups: primary.vpcSecurityGroups.map(\.vpcSecurityGroupId)))
    }

    private mutating func take(global: GlobalCluster) {
        let name = global.globalClusterIdentifier
        guard global.engine?.contains("postgres") == true else {
            return leave(
                "\(name) is \(global.engine ?? "of an unknown engine"): drctl looks after PostgreSQL")
        }
        let members = global.globalClusterMembers.map { ($0.isWriter, DatabaseARN($0.dbClusterArn)) }
        guard let writer = members.first(where: \.0)?.1 else {
            return leave("\(name) has no writer now")
        }
        let others = members.filter { !$0.0 }.compactMap(\.1)
        guard let away = others.first(where: { regions.contains($0.region) }) else {
            return leave(
                "\(name) has no secondary cluster in \(regions.map(\.rawValue).joined(separator: ", "))")
        }
        guard regions.contains(writer.region) else {
            return leave("\(name) has its writer in \(writer.region): add it to --regions to take it")
        }
        guard let primary = estate.cluster(writer.name, in: writer.region),
            let secondary = estate.cluster(away.name, in: away.region),
            let home = side(of: primary, writer.region), let standby = side(of: secondary, away.region)
        else { return leave("\(name) has a cluster without an endpoint yet") }
        pairs.append(
            DatabasePair(
                primary: home, standby: standby, globalCluster: name,
                groups: primary.vpcSecurityGroups.map(\.vpcSecurityGroupId)))
    }

    private mutating func leave(_ remark: String) { remarks.append("Left out: \(remark).") }

    private func isSame(_ left: DatabasePair.Side, _ right: DatabasePair.Side) -> Bool {
        left.region == right.region && left.identifier == right.identifier
    }

    private func side(of instance: DBInstance, _ region: Region) -> DatabasePair.Side? {
        guard let host = instance.endpoint?.address, let port = instance.endpoint?.port else { return nil }
        return .init(region: region, identifier: instance.dbInstanceIdentifier, host: host, port: port)
    }

    private func side(of cluster: DBCluster, _ region: Region) -> DatabasePair.Side? {
        guard let host = cluster.endpoint, let port = cluster.port else { return nil }
        return .init(region: region, identifier: cluster.dbClusterIdentifier, host: host, port: port)
    }
}
