import AWS
import Failover

/// What the RDS API of each Region says about the instances of `rdsReplica` databases.
public struct RDSInstanceObserver: Observer {
    public let name = "rds"
    public let context: ObserverContext

    /// One page of DescribeDBInstances holds 100 (botocore 1.43.127: `MaxRecords` 20 to 100).
    static let batch = 100

    public init(context: ObserverContext) {
        self.context = context
    }

    public func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand] {
        let batches = SiteTarget.batches(of: workloads, size: Self.batch) { $0 == .rdsReplica }
        return batches.map { region, targets in
            let expense = Expense(
                service: Service.rds.id, region: region.rawValue, operation: DescribeDBInstances.name)
            return context.databaseErrand(region, targets, [expense]) { await read($0, region) }
        }
    }

    private func read(_ identifiers: [String], _ region: Region) async -> [DatabaseSighting]? {
        let pieces = await context.databases(identifiers, region) { some, options, alone throws(AWSError) in
            try await instances(some, region, options, alone: alone)
        }
        return pieces?.map { piece in
            let answer = piece.answer.map { instances in
                Dictionary(
                    instances.map { ($0.dbInstanceIdentifier.lowercased(), DatabaseState.reading(of: $0)) },
                    uniquingKeysWith: { first, _ in first })
            }
            return DatabaseSighting(identifiers: piece.items, answer: answer, at: piece.at)
        }
    }

    /// A filter takes many, and one that is unknown spoils nothing for the rest. To ask for one alone by its
    /// name may be allowed where listing is not.
    private func instances(
        _ identifiers: [String], _ region: Region, _ options: CallOptions, alone: Bool
    ) async throws(AWSError) -> [DBInstance] {
        var operation = DescribeDBInstances(
            filters: [Filter(name: "db-instance-id", values: identifiers)], maxRecords: Self.batch)
        if alone, identifiers.count == 1 {
            operation = DescribeDBInstances(dbInstanceIdentifier: identifiers[0])
        }
        return try await context.aws.all(operation, region: region.rawValue, options: options)
    }
}
