import AWS
import Failover

/// A metric that tells how far a replica is behind.
struct LagMetric: Sendable, Equatable {
    var query: MetricQuery
    /// How many of the metric's units make a second.
    var unitsPerSecond: Double

    /// What CloudWatch has about the standby, the better metric first.
    static func all(of database: Database) -> [LagMetric] {
        let standby = database.standby.identifier.lowercased()
        switch database.kind {
        case .rdsReplica:
            return [LagMetric("ReplicaLag", "DBInstanceIdentifier", standby, unitsPerSecond: 1)]
        case .auroraGlobal:
            // The RPO lag counts what users have committed; older engines have only the storage's lag. Both
            // have been published by cluster, and by cluster and source (AWS's workshop for Aurora global
            // databases shows both): both are read.
            let source = Dimension(name: "SourceRegion", value: database.primary.region.rawValue)
            return ["AuroraGlobalDBRPOLag", "AuroraGlobalDBReplicationLag"].flatMap { name in
                [[], [source]].map {
                    LagMetric(name, "DBClusterIdentifier", standby, further: $0, unitsPerSecond: 1000)
                }
            }
        }
    }

    /// In order of preference; one name may be published in several places.
    static func names(of metrics: [LagMetric]) -> [String] {
        metrics.map(\.query.name).reduce(into: []) { names, name in
            if names.last != name { names.append(name) }
        }
    }

    private init(
        _ name: String, _ dimension: String, _ resource: String, further: [Dimension] = [],
        unitsPerSecond: Double
    ) {
        query = MetricQuery(
            namespace: "AWS/RDS", name: name, dimension: dimension, resource: resource, further: further,
            // The worst moment of the period: a replica must not look better than it was.
            statistic: "Maximum")
        self.unitsPerSecond = unitsPerSecond
    }

    func lag(_ sample: MetricSeries.Sample) -> LagSample {
        // RDS publishes -1 when replication is not running.
        LagSample(
            sampledAt: sample.at, lagSeconds: sample.value < 0 ? nil : sample.value / unitsPerSecond)
    }
}
