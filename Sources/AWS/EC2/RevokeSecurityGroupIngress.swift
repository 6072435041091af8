/// Takes inbound rules away. Connections that are established stay until they are idle for long.
public struct RevokeSecurityGroupIngress: EC2Operation {
    public static let name = "RevokeSecurityGroupIngress"
    /// Rules have no token: a rule that is there already, or gone already, is an error the second time.
    public var kind: OperationKind { dryRun == true ? .read : .mutation }

    /// Needed with permissions.
    public var groupId: String?
    /// Up to 1,000.
    public var ipPermissions: [IPPermission]
    /// The rules by number, instead of by what they say.
    public var securityGroupRuleIds: [String]
    /// True to ask only whether it is allowed; see `AWSError.isDryRunPermission`.
    public var dryRun: Bool?

    public init(
        groupId: String? = nil, ipPermissions: [IPPermission] = [], securityGroupRuleIds: [String] = [],
        dryRun: Bool? = nil
    ) {
        self.groupId = groupId
        self.ipPermissions = ipPermissions
        self.securityGroupRuleIds = securityGroupRuleIds
        self.dryRun = dryRun
    }

    public func encode(into form: inout QueryForm) {
        form.add("GroupId", groupId)
        form.flatList("IpPermissions", ipPermissions) { $1.encode(into: &$0) }
        form.flatList("SecurityGroupRuleId", securityGroupRuleIds)
        form.add("DryRun", dryRun)
    }

    public struct Output: Sendable, Hashable {
        public var `return`: Bool?
        /// In a default VPC, what no rule matched; elsewhere that is an error.
        public var unknownIpPermissions: [IPPermission] = []
        public var revokedSecurityGroupRules: [SecurityGroupRule] = []

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.return = try result.bool("return")
        output.unknownIpPermissions = try result.list(
            "unknownIpPermissionSet", item: "item", IPPermission.init)
        output.revokedSecurityGroupRules = try result.list(
            "revokedSecurityGroupRuleSet", item: "item", SecurityGroupRule.init)
        return output
    }
}
