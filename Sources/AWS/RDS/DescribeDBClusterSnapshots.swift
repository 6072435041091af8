/// Snapshots of clusters.
public struct DescribeDBClusterSnapshots: RDSOperation, PaginatedOperation {
    public static let name = "DescribeDBClusterSnapshots"
    public var kind: OperationKind { .read }

    public var dbClusterIdentifier: String?
    /// One by name: unknown, it is an error.
    public var dbClusterSnapshotIdentifier: String?
    public var snapshotType: String?
    public var filters: [Filter]
    /// A page, 20 to 100. Nil for AWS's 100.
    public var maxRecords: Int?
    /// Where the page begins. Nil for the first one.
    public var marker: String?
    public var includeShared: Bool?
    public var includePublic: Bool?
    public var dbClusterResourceId: String?

    public init(
        dbClusterIdentifier: String? = nil, dbClusterSnapshotIdentifier: String? = nil,
        snapshotType: String? = nil, filters: [Filter] = [], maxRecords: Int? = nil, marker: String? = nil,
        includeShared: Bool? = nil, includePublic: Bool? = nil, dbClusterResourceId: String? = nil
    ) {
        self.dbClusterIdentifier = dbClusterIdentifier
        self.dbClusterSnapshotIdentifier = dbClusterSnapshotIdentifier
        self.snapshotType = snapshotType
        self.filters = filters
        self.maxRecords = maxRecords
        self.marker = marker
        self.includeShared = includeShared
        self.includePublic = includePublic
        self.dbClusterResourceId = dbClusterResourceId
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBClusterIdentifier", dbClusterIdentifier)
        form.add("DBClusterSnapshotIdentifier", dbClusterSnapshotIdentifier)
        form.add("SnapshotType", snapshotType)
        form.list("Filters", item: "Filter", filters) { $1.encode(into: &$0) }
        form.add("MaxRecords", maxRecords)
        form.add("Marker", marker)
        form.add("IncludeShared", includeShared)
        form.add("IncludePublic", includePublic)
        form.add("DbClusterResourceId", dbClusterResourceId)
    }

    public struct Output: Sendable, Hashable {
        public var dbClusterSnapshots: [DBClusterSnapshot] = []
        public var marker: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.dbClusterSnapshots = try result.list(
            "DBClusterSnapshots", item: "DBClusterSnapshot", DBClusterSnapshot.init)
        output.marker = result.nonEmptyString("Marker")
        return output
    }

    public static func items(of page: Output) -> [DBClusterSnapshot] { page.dbClusterSnapshots }
    public static func nextToken(of page: Output) -> String? { page.marker }
    public func resumed(at token: String) -> Self {
        var next = self
        next.marker = token
        return next
    }
}
