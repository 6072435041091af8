/// Takes outbound rules away. Connections that are established stay.
public struct RevokeSecurityGroupEgress: EC2Operation {
    public static let name = "RevokeSecurityGroupEgress"
    /// Rules have no token: one that is gone already is an error the second time.
    public var kind: OperationKind { dryRun == true ? .read : .mutation }

    public var groupId: String
    /// Up to 1,000.
    public var ipPermissions: [IPPermission]
    /// The rules by number, instead of by what they say.
    public var securityGroupRuleIds: [String]
    /// True to ask only whether it is allowed; see `AWSError.isDryRunPermission`.
    public var dryRun: Bool?

    public init(
        groupId: String, ipPermissions: [IPPermission] = [], securityGroupRuleIds: [String] = [],
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
        public var unknownIpPermissions: [IPPermission] = []

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.return = try result.bool("return")
        output.unknownIpPermissions = try result.list(
            "unknownIpPermissionSet", item: "item", IPPermission.init)
        return output
    }
}
