import AWS
import Failover

/// What the RDS API of each Region says about the instances of `rdsReplica` databases.
public struct RDSInstanceObserver: Observer {
    public let name = "rds"
    public let context: ObserverContext

    /// One page of DescribeDBInstances holds 100 (botocore 1.43.11: `MaxRecords` 20 to 100).
    static let batch = 100

    public init(context: ObserverContext) {
        self.context = context
    }

    public func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand] {
        let batches = SiteTarget.batches(of: workloads, size: Self.batch) { $0 == .rdsReplica }
        return batches.map { region, targets in
            context.databaseErrand(region, targets) { identifiers throws(AWSError) in
                // A filter, not an identifier: it takes many, and one that is unknown spoils nothing for the
                // rest.
                let operation = DescribeDBInstances(
                    filters: [Filter(name: "db-instance-id", values: identifiers)], maxRecords: Self.batch)
                let instances = try await context.aws.all(
                    operation, region: region.rawValue, options: context.callOptions)
                return Dictionary(
                    instances.map { ($0.dbInstanceIdentifier.lowercased(), DatabaseState.reading(of: $0)) },
                    uniquingKeysWith: { first, _ in first })
            }
        }
    }
}
