/// The rules of security groups, one by one.
public struct DescribeSecurityGroupRules: EC2Operation, PaginatedOperation {
    public static let name = "DescribeSecurityGroupRules"
    public var kind: OperationKind { .read }

    /// Empty for all; an unknown one is an error.
    public var securityGroupRuleIds: [String]
    /// `group-id`, `security-group-rule-id`, `tag:…`.
    public var filters: [Filter]
    /// A page, 5 to 1000; not together with `securityGroupRuleIds`.
    public var maxResults: Int?
    public var nextToken: String?

    public init(
        securityGroupRuleIds: [String] = [], filters: [Filter] = [], maxResults: Int? = nil,
        nextToken: String? = nil
    ) {
        self.securityGroupRuleIds = securityGroupRuleIds
        self.filters = filters
        self.maxResults = maxResults
        self.nextToken = nextToken
    }

    public func encode(into form: inout QueryForm) {
        form.flatList("SecurityGroupRuleId", securityGroupRuleIds)
        form.flatList("Filter", filters) { $1.encodeFlat(into: &$0) }
        form.add("MaxResults", maxResults)
        form.add("NextToken", nextToken)
    }

    public struct Output: Sendable, Hashable {
        public var securityGroupRules: [SecurityGroupRule] = []
        public var nextToken: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.securityGroupRules = try result.list(
            "securityGroupRuleSet", item: "item", SecurityGroupRule.init)
        output.nextToken = result.nonEmptyString("nextToken")
        return output
    }

    public static func items(of page: Output) -> [SecurityGroupRule] { page.securityGroupRules }
    public static func nextToken(of page: Output) -> String? { page.nextToken }
    public func resumed(at token: String) -> Self {
        var next = self
        next.nextToken = token
        return next
    }
}
