import AWS
import Failover

/// What exists in AWS of everything that a workload is made of.
struct Estate: Sendable {
    struct Place: Sendable {
        var instances: [DBInstance] = []
        var clusters: [DBCluster] = []
        var alarms: [MetricAlarm] = []
    }

    struct Zone: Sendable {
        /// Without `/hostedzone/`.
        var id: String
        var records: [ResourceRecordSet]
    }

    var places: [Region: Place] = [:]
    var globalClusters: [GlobalCluster] = []
    var zones: [Zone] = []
    var healthChecks: [HealthCheck] = []

    func instance(_ identifier: String, in region: Region) -> DBInstance? {
        places[region]?.instances.first { $0.dbInstanceIdentifier == identifier }
    }

    func cluster(_ identifier: String, in region: Region) -> DBCluster? {
        places[region]?.clusters.first { $0.dbClusterIdentifier == identifier }
    }
}

/// The parts of `arn:aws:rds:<Region>:<account>:<kind>:<name>`.
struct DatabaseARN {
    var region: Region
    var kind: String
    var name: String

    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 7, parts[0] == "arn", parts[2] == "rds" else { return nil }
        (region, kind, name) = (Region(parts[3]), parts[5], parts[6])
    }
}
