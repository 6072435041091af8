/// Security groups and their rules.
public struct DescribeSecurityGroups: EC2Operation, PaginatedOperation {
    public static let name = "DescribeSecurityGroups"
    public var kind: OperationKind { .read }

    /// Empty for all; an unknown one is an error.
    public var groupIds: [String]
    /// `group-name`, `vpc-id`, `tag:…`, …
    public var filters: [Filter]
    /// A page, 5 to 1000; not together with `groupIds`.
    public var maxResults: Int?
    public var nextToken: String?

    public init(
        groupIds: [String] = [], filters: [Filter] = [], maxResults: Int? = nil, nextToken: String? = nil
    ) {
        self.groupIds = groupIds
        self.filters = filters
        self.maxResults = maxResults
        self.nextToken = nextToken
    }

    public func encode(into form: inout QueryForm) {
        form.flatList("GroupId", groupIds)
        form.flatList("Filter", filters) { $1.encodeFlat(into: &$0) }
        form.add("MaxResults", maxResults)
        form.add("NextToken", nextToken)
    }

    public struct Output: Sendable, Hashable {
        public var securityGroups: [SecurityGroup] = []
        public var nextToken: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.securityGroups = try result.list("securityGroupInfo", item: "item", SecurityGroup.init)
        output.nextToken = result.nonEmptyString("nextToken")
        return output
    }

    public static func items(of page: Output) -> [SecurityGroup] { page.securityGroups }
    public static func nextToken(of page: Output) -> String? { page.nextToken }
    public func resumed(at token: String) -> Self {
        var next = self
        next.nextToken = token
        return next
    }
}
