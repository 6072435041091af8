/// Aurora global databases, visible from every Region that has a member.
public struct DescribeGlobalClusters: RDSOperation, PaginatedOperation {
    public static let name = "DescribeGlobalClusters"
    public var kind: OperationKind { .read }

    /// One by name: unknown, it is an error. Nil for all.
    public var globalClusterIdentifier: String?
    /// `region` only.
    public var filters: [Filter]
    /// A page, 20 to 100. Nil for AWS's 100.
    public var maxRecords: Int?
    /// Where the page begins. Nil for the first one.
    public var marker: String?

    public init(
        globalClusterIdentifier: String? = nil, filters: [Filter] = [], maxRecords: Int? = nil,
        marker: String? = nil
    ) {
        self.globalClusterIdentifier = globalClusterIdentifier
        self.filters = filters
        self.maxRecords = maxRecords
        self.marker = marker
    }

    public func encode(into form: inout QueryForm) {
        form.add("GlobalClusterIdentifier", globalClusterIdentifier)
        form.list("Filters", item: "Filter", filters) { $1.encode(into: &$0) }
        form.add("MaxRecords", maxRecords)
        form.add("Marker", marker)
    }

    public struct Output: Sendable, Hashable {
        public var globalClusters: [GlobalCluster] = []
        public var marker: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.globalClusters = try result.list(
            "GlobalClusters", item: "GlobalClusterMember", GlobalCluster.init)
        output.marker = result.nonEmptyString("Marker")
        return output
    }

    public static func items(of page: Output) -> [GlobalCluster] { page.globalClusters }
    public static func nextToken(of page: Output) -> String? { page.marker }
    public func resumed(at token: String) -> Self {
        var next = self
        next.marker = token
        return next
    }
}
