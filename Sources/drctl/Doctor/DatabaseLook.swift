import AWS
import Failover

/// What AWS says of both sides of one database, each side asked in its own Region.
struct DatabaseLook: Sendable {
    var primary: Asked<Answer>
    var standby: Asked<Answer>
    /// For Aurora, the configured global cluster as the standby's Region knows it.
    var global: Asked<GlobalCluster?>

    /// Nil facts: there is none of that name.
    struct Answer: Sendable {
        var facts: SiteFacts?
        /// Nil for Aurora.
        var instance: DBInstance?
    }

    static func at(_ database: Failover.Database, _ context: DoctorContext) async -> DatabaseLook {
        switch database.kind {
        case .rdsReplica:
            async let primary = asked { () async throws(AWSError) in
                try await instance(database.primary, context)
            }
            async let standby = asked { () async throws(AWSError) in
                try await instance(database.standby, context)
            }
            return await DatabaseLook(primary: primary, standby: standby, global: .success(nil))
        case .auroraGlobal(let identifier, _):
            async let primary = asked { () async throws(AWSError) in
                try await cluster(database.primary, context)
            }
            async let standby = asked { () async throws(AWSError) in
                try await cluster(database.standby, context)
            }
            async let globals = asked { () async throws(AWSError) in
                try await context.all(DescribeGlobalClusters(), in: database.standby.region)
            }
            let global = await globals.map { all in
                all.first { $0.globalClusterIdentifier.lowercased() == identifier.lowercased() }
            }
            return await DatabaseLook(primary: primary, standby: standby, global: global)
        }
    }

    /// By a filter, as the observers ask: it needs no other permission, and what is missing is no error.
    private static func instance(_ site: Site, _ context: DoctorContext) async throws(AWSError) -> Answer {
        let filter = Filter(name: "db-instance-id", values: [site.identifier.lowercased()])
        let found = try await context.all(DescribeDBInstances(filters: [filter]), in: site.region).first
        return Answer(facts: found.map { SiteFacts($0) }, instance: found)
    }

    private static func cluster(_ site: Site, _ context: DoctorContext) async throws(AWSError) -> Answer {
        let filters = [Filter(name: "db-cluster-id", values: [site.identifier.lowercased()])]
        // Whether it is a secondary, its own Region says as well: in an outage the views differ.
        async let globals = asked { () async throws(AWSError) in
            try await context.all(DescribeGlobalClusters(), in: site.region)
        }
        async let instances = asked { () async throws(AWSError) in
            try await context.all(DescribeDBInstances(filters: filters), in: site.region)
        }
        guard let cluster = try await context.all(DescribeDBClusters(filters: filters), in: site.region).first
        else {
            return Answer()
        }
        let member = try await globals.get().flatMap(\.globalClusterMembers).first {
            $0.dbClusterArn == cluster.dbClusterArn
        }
        let facts = SiteFacts(
            cluster, instances: try await instances.get(), isReplica: member?.isWriter == false)
        return Answer(facts: facts)
    }
}
