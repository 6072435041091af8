/// Automated backups, those of instances that are gone included, and copies from other Regions.
public struct DescribeDBInstanceAutomatedBackups: RDSOperation, PaginatedOperation {
    public static let name = "DescribeDBInstanceAutomatedBackups"
    public var kind: OperationKind { .read }

    public var dbiResourceId: String?
    public var dbInstanceIdentifier: String?
    /// `status`, `db-instance-id`, `dbi-resource-id`.
    public var filters: [Filter]
    /// A page, 20 to 100. Nil for AWS's 100.
    public var maxRecords: Int?
    /// Where the page begins. Nil for the first one.
    public var marker: String?
    public var dbInstanceAutomatedBackupsArn: String?

    public init(
        dbiResourceId: String? = nil, dbInstanceIdentifier: String? = nil, filters: [Filter] = [],
        maxRecords: Int? = nil, marker: String? = nil, dbInstanceAutomatedBackupsArn: String? = nil
    ) {
        self.dbiResourceId = dbiResourceId
        self.dbInstanceIdentifier = dbInstanceIdentifier
        self.filters = filters
        self.maxRecords = maxRecords
        self.marker = marker
        self.dbInstanceAutomatedBackupsArn = dbInstanceAutomatedBackupsArn
    }

    public func encode(into form: inout QueryForm) {
        form.add("DbiResourceId", dbiResourceId)
        form.add("DBInstanceIdentifier", dbInstanceIdentifier)
        form.list("Filters", item: "Filter", filters) { $1.encode(into: &$0) }
        form.add("MaxRecords", maxRecords)
        form.add("Marker", marker)
        form.add("DBInstanceAutomatedBackupsArn", dbInstanceAutomatedBackupsArn)
    }

    public struct Output: Sendable, Hashable {
        public var dbInstanceAutomatedBackups: [DBInstanceAutomatedBackup] = []
        public var marker: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.dbInstanceAutomatedBackups = try result.list(
            "DBInstanceAutomatedBackups", item: "DBInstanceAutomatedBackup", DBInstanceAutomatedBackup.init)
        output.marker = result.nonEmptyString("Marker")
        return output
    }

    public static func items(of page: Output) -> [DBInstanceAutomatedBackup] {
        page.dbInstanceAutomatedBackups
    }
    public static func nextToken(of page: Output) -> String? { page.marker }
    public func resumed(at token: String) -> Self {
        var next = self
        next.marker = token
        return next
    }
}
