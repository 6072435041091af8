import AWS
import Failover

/// What the RDS API of each Region says about the clusters of `auroraGlobal` databases. Each side is judged
/// by its own Region's view alone: in an outage the views differ, and the one that matters is the survivor's.
public struct AuroraObserver: Observer {
    public let name = "aurora"
    public let context: ObserverContext

    /// One page of DescribeDBClusters holds 100 (botocore 1.43.11: `MaxRecords` 20 to 100).
    static let batch = 100

    public init(context: ObserverContext) {
        self.context = context
    }

    public func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand] {
        let batches = SiteTarget.batches(of: workloads, size: Self.batch) { $0 != .rdsReplica }
        return batches.map { region, targets in
            context.databaseErrand(region, targets) { identifiers throws(AWSError) in
                try await read(identifiers, region.rawValue)
            }
        }
    }

    /// Both calls or nothing: without the global clusters nobody can say who writes.
    private func read(
        _ identifiers: [String], _ region: String
    ) async throws(AWSError) -> [String: Reading<DatabaseState>] {
        let (aws, options) = (context.aws, context.callOptions)
        async let globals = context.answer { () async throws(AWSError) in
            let operation = DescribeGlobalClusters(maxRecords: Self.batch)
            return try await aws.all(operation, region: region, options: options)
        }
        let operation = DescribeDBClusters(
            filters: [Filter(name: "db-cluster-id", values: identifiers)], maxRecords: Self.batch)
        let clusters = try await aws.all(operation, region: region, options: options)
        let known = await globals ?? .failure(Unanswered(.missing, "given up"))
        return Dictionary(
            clusters.map { cluster in
                let reading: Reading<DatabaseState> =
                    switch known {
                    case .success(let globals): DatabaseState.reading(of: cluster, in: globals)
                    case .failure(let why): .unknown(reason: why.reason, detail: why.detail)
                    }
                return (cluster.dbClusterIdentifier.lowercased(), reading)
            }, uniquingKeysWith: { first, _ in first })
    }
}
