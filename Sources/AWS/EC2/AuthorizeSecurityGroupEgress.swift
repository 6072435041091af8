/// Adds outbound rules.
public struct AuthorizeSecurityGroupEgress: EC2Operation {
    public static let name = "AuthorizeSecurityGroupEgress"
    /// Rules have no token: one that is there already is an error the second time.
    public var kind: OperationKind { dryRun == true ? .read : .mutation }

    public var groupId: String
    /// Up to 1,000.
    public var ipPermissions: [IPPermission]
    /// True to ask only whether it is allowed; see `AWSError.isDryRunPermission`.
    public var dryRun: Bool?

    public init(groupId: String, ipPermissions: [IPPermission] = [], dryRun: Bool? = nil) {
        self.groupId = groupId
        self.ipPermissions = ipPermissions
        self.dryRun = dryRun
    }

    public func encode(into form: inout QueryForm) {
        form.add("GroupId", groupId)
        form.flatList("IpPermissions", ipPermissions) { $1.encode(into: &$0) }
        form.add("DryRun", dryRun)
    }

    public struct Output: Sendable, Hashable {
        public var `return`: Bool?
        public var securityGroupRules: [SecurityGroupRule] = []

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.return = try result.bool("return")
        output.securityGroupRules = try result.list(
            "securityGroupRuleSet", item: "item", SecurityGroupRule.init)
        return output
    }
}
