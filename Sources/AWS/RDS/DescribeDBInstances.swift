/// Database instances of a Region.
public struct DescribeDBInstances: RDSOperation, PaginatedOperation {
    public static let name = "DescribeDBInstances"
    public var kind: OperationKind { .read }

    /// One by name: unknown, it is an error. Nil for all.
    public var dbInstanceIdentifier: String?
    /// `db-instance-id`, `db-cluster-id`, `dbi-resource-id`, `domain`, `engine`. A value that nothing has is
    /// simply missing from the answer.
    public var filters: [Filter]
    /// A page, 20 to 100. Nil for AWS's 100.
    public var maxRecords: Int?
    /// Where the page begins. Nil for the first one.
    public var marker: String?

    public init(
        dbInstanceIdentifier: String? = nil, filters: [Filter] = [], maxRecords: Int? = nil,
        marker: String? = nil
    ) {
        self.dbInstanceIdentifier = dbInstanceIdentifier
        self.filters = filters
        self.maxRecords = maxRecords
        self.marker = marker
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBInstanceIdentifier", dbInstanceIdentifier)
        form.list("Filters", item: "Filter", filters) { $1.encode(into: &$0) }
        form.add("MaxRecords", maxRecords)
        form.add("Marker", marker)
    }

    public struct Output: Sendable, Hashable {
        public var dbInstances: [DBInstance] = []
        public var marker: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.dbInstances = try result.list("DBInstances", item: "DBInstance", DBInstance.init)
        output.marker = result.nonEmptyString("Marker")
        return output
    }

    public static func items(of page: Output) -> [DBInstance] { page.dbInstances }
    public static func nextToken(of page: Output) -> String? { page.marker }
    public func resumed(at token: String) -> Self {
        var next = self
        next.marker = token
        return next
    }
}
