/// Network ACLs with their rules.
public struct DescribeNetworkAcls: EC2Operation, PaginatedOperation {
    public static let name = "DescribeNetworkAcls"
    public var kind: OperationKind { .read }

    /// Empty for all; an unknown one is an error.
    public var networkAclIds: [String]
    /// `association.subnet-id`, `vpc-id`, `default`, …
    public var filters: [Filter]
    /// A page, 5 to 1000; not together with `networkAclIds`.
    public var maxResults: Int?
    public var nextToken: String?

    public init(
        networkAclIds: [String] = [], filters: [Filter] = [], maxResults: Int? = nil, nextToken: String? = nil
    ) {
        self.networkAclIds = networkAclIds
        self.filters = filters
        self.maxResults = maxResults
        self.nextToken = nextToken
    }

    public func encode(into form: inout QueryForm) {
        form.flatList("NetworkAclId", networkAclIds)
        form.flatList("Filter", filters) { $1.encodeFlat(into: &$0) }
        form.add("MaxResults", maxResults)
        form.add("NextToken", nextToken)
    }

    public struct Output: Sendable, Hashable {
        public var networkAcls: [NetworkACL] = []
        public var nextToken: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.networkAcls = try result.list("networkAclSet", item: "item", NetworkACL.init)
        output.nextToken = result.nonEmptyString("nextToken")
        return output
    }

    public static func items(of page: Output) -> [NetworkACL] { page.networkAcls }
    public static func nextToken(of page: Output) -> String? { page.nextToken }
    public func resumed(at token: String) -> Self {
        var next = self
        next.nextToken = token
        return next
    }
}
