import AWS
import Failover

/// What the RDS API of each Region says about the clusters of `auroraGlobal` databases. Each side is judged
/// by its own Region's view alone: in an outage the views differ, and the one that matters is the survivor's.
public struct AuroraObserver: Observer {
    public let name = "aurora"
    public let context: ObserverContext

    /// One page of DescribeDBClusters holds 100 (botocore 1.43.127: `MaxRecords` 20 to 100).
    static let batch = 100

    public init(context: ObserverContext) {
        self.context = context
    }

    private typealias Globals = SharedAnswer<[GlobalCluster], Unanswered>

    public func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand] {
        let batches = SiteTarget.batches(of: workloads, size: Self.batch) { $0 != .rdsReplica }
        var shared: [Region: Globals] = [:]
        return batches.map { region, targets in
            let globals = shared[region] ?? Globals()
            // The first batch of a Region pays for what they share.
            let operations =
                (shared[region] == nil ? [DescribeGlobalClusters.name] : [])
                + [DescribeDBClusters.name]
            shared[region] = globals
            let expenses = operations.map {
                Expense(service: Service.rds.id, region: region.rawValue, operation: $0)
            }
            return context.databaseErrand(region, targets, expenses) { await read($0, region, globals) }
        }
    }

    /// Both calls or nothing: without the global clusters nobody can say who writes.
    private func read(
        _ identifiers: [String], _ region: Region, _ globals: Globals
    ) async -> [DatabaseSighting]? {
        async let listed = globals.value {
            let answer = await context.answer { () async throws(AWSError) in
                try await context.aws.all(
                    DescribeGlobalClusters(maxRecords: Self.batch), region: region.rawValue,
                    options: context.callOptions)
            }
            return answer.map { (answer: $0, at: context.now()) }
        }
        let pieces = await context.databases(identifiers, region) { some, options, alone throws(AWSError) in
            try await clusters(some, region, options, alone: alone)
        }
        guard let pieces, let known = await listed else { return nil }
        return pieces.map { piece in
            DatabaseSighting(
                identifiers: piece.items, answer: piece.answer.map { Self.readings($0, known.answer) },
                at: min(piece.at, known.at))
        }
    }

    private func clusters(
        _ identifiers: [String], _ region: Region, _ options: CallOptions, alone: Bool
    ) async throws(AWSError) -> [DBCluster] {
        var operation = DescribeDBClusters(
            filters: [Filter(name: "db-cluster-id", values: identifiers)], maxRecords: Self.batch)
        if alone, identifiers.count == 1 {
            operation = DescribeDBClusters(dbClusterIdentifier: identifiers[0])
        }
        return try await context.aws.all(operation, region: region.rawValue, options: options)
    }

    private static func readings(
        _ clusters: [DBCluster], _ known: Result<[GlobalCluster], Unanswered>
    ) -> [String: Reading<DatabaseState>] {
        Dictionary(
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
