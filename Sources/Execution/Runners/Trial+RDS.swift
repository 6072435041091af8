import AWS
import Failover

/// Single resources, as one Region knows them. They are asked for with a filter: one that does not exist is
/// then no error, but missing from the answer.
extension Trial {
    func instance(_ identifier: String, in region: Region) async throws(AWSError) -> DBInstance? {
        try await askAll(Self.describeInstance(identifier), in: region)
            .first { $0.dbInstanceIdentifier.lowercased() == identifier.lowercased() }
    }

    func instance(resourceID: String, in region: Region) async throws(AWSError) -> DBInstance? {
        let filter = Filter(name: "dbi-resource-id", values: [resourceID])
        return try await askAll(DescribeDBInstances(filters: [filter]), in: region)
            .first { $0.dbiResourceId == resourceID }
    }

    func instances(ofCluster identifier: String, in region: Region) async throws(AWSError) -> [DBInstance] {
        try await askAll(Self.describeInstances(ofCluster: identifier), in: region)
            .filter { $0.dbClusterIdentifier?.lowercased() == identifier.lowercased() }
    }

    func cluster(_ identifier: String, in region: Region) async throws(AWSError) -> DBCluster? {
        try await askAll(Self.describeCluster(identifier), in: region)
            .first { $0.dbClusterIdentifier.lowercased() == identifier.lowercased() }
    }

    func cluster(resourceID: String, in region: Region) async throws(AWSError) -> DBCluster? {
        let filter = Filter(name: "db-cluster-resource-id", values: [resourceID])
        return try await askAll(DescribeDBClusters(filters: [filter]), in: region)
            .first { $0.dbClusterResourceId == resourceID }
    }

    /// Nil when the Region knows none of that name.
    func globalCluster(_ identifier: String, in region: Region) async throws(AWSError) -> GlobalCluster? {
        do throws(AWSError) {
            return try await askAll(Self.describeGlobalCluster(identifier), in: region)
                .first { $0.globalClusterIdentifier.lowercased() == identifier.lowercased() }
        } catch {
            guard error.kind == .notFound else { throw error }
            return nil
        }
    }

    static func describeInstance(_ identifier: String) -> DescribeDBInstances {
        DescribeDBInstances(filters: [Filter(name: "db-instance-id", values: [identifier])])
    }

    static func describeInstances(ofCluster identifier: String) -> DescribeDBInstances {
        DescribeDBInstances(filters: [Filter(name: "db-cluster-id", values: [identifier])])
    }

    static func describeCluster(_ identifier: String) -> DescribeDBClusters {
        DescribeDBClusters(filters: [Filter(name: "db-cluster-id", values: [identifier])])
    }

    static func describeGlobalCluster(_ identifier: String) -> DescribeGlobalClusters {
        DescribeGlobalClusters(globalClusterIdentifier: identifier)
    }
}

extension DBInstance {
    /// Where it replicates from; nil for a writer. Promotion takes the name away.
    var source: String? {
        [readReplicaSourceDBInstanceIdentifier, readReplicaSourceDBClusterIdentifier]
            .compactMap { $0 }.first { !$0.isEmpty }
    }

    var status: String { dbInstanceStatus ?? "unknown" }
}

extension GlobalCluster {
    func member(_ arn: String) -> GlobalClusterMember? {
        globalClusterMembers.first { $0.dbClusterArn == arn }
    }

    /// What is going on in it; nil when idle. `FailoverState` comes empty rather than not at all.
    var movement: GlobalFailoverState? {
        guard let state = failoverState, let status = state.status, !status.isEmpty else { return nil }
        return state
    }
}
