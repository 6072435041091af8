/// Snapshots of instances.
public struct DescribeDBSnapshots: RDSOperation, PaginatedOperation {
    public static let name = "DescribeDBSnapshots"
    public var kind: OperationKind { .read }

    public var dbInstanceIdentifier: String?
    /// One by name: unknown, it is an error.
    public var dbSnapshotIdentifier: String?
    public var snapshotType: String?
    /// `db-instance-id`, `db-snapshot-id`, `dbi-resource-id`, `snapshot-type`, `engine`.
    public var filters: [Filter]
    /// A page, 20 to 100. Nil for AWS's 100.
    public var maxRecords: Int?
    /// Where the page begins. Nil for the first one.
    public var marker: String?
    public var includeShared: Bool?
    public var includePublic: Bool?
    public var dbiResourceId: String?

    public init(
        dbInstanceIdentifier: String? = nil, dbSnapshotIdentifier: String? = nil, snapshotType: String? = nil,
        filters: [Filter] = [], maxRecords: Int? = nil, marker: String? = nil, includeShared: Bool? = nil,
        includePublic: Bool? = nil, dbiResourceId: String? = nil
    ) {
        self.dbInstanceIdentifier = dbInstanceIdentifier
        self.dbSnapshotIdentifier = dbSnapshotIdentifier
        self.snapshotType = snapshotType
        self.filters = filters
        self.maxRecords = maxRecords
        self.marker = marker
        self.includeShared = includeShared
        self.includePublic = includePublic
        self.dbiResourceId = dbiResourceId
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBInstanceIdentifier", dbInstanceIdentifier)
        form.add("DBSnapshotIdentifier", dbSnapshotIdentifier)
        form.add("SnapshotType", snapshotType)
        form.list("Filters", item: "Filter", filters) { $1.encode(into: &$0) }
        form.add("MaxRecords", maxRecords)
        form.add("Marker", marker)
        form.add("IncludeShared", includeShared)
        form.add("IncludePublic", includePublic)
        form.add("DbiResourceId", dbiResourceId)
    }

    public struct Output: Sendable, Hashable {
        public var dbSnapshots: [DBSnapshot] = []
        public var marker: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.dbSnapshots = try result.list("DBSnapshots", item: "DBSnapshot", DBSnapshot.init)
        output.marker = result.nonEmptyString("Marker")
        return output
    }

    public static func items(of page: Output) -> [DBSnapshot] { page.dbSnapshots }
    public static func nextToken(of page: Output) -> String? { page.marker }
    public func resumed(at token: String) -> Self {
        var next = self
        next.marker = token
        return next
    }
}
