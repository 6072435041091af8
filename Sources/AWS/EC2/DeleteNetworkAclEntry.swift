/// Takes a rule away.
public struct DeleteNetworkAclEntry: EC2Operation {
    public static let name = "DeleteNetworkAclEntry"
    /// Gone already is an error.
    public var kind: OperationKind { dryRun == true ? .read : .mutation }

    public var networkAclId: String
    public var ruleNumber: Int
    public var egress: Bool
    /// True to ask only whether it is allowed; see `AWSError.isDryRunPermission`.
    public var dryRun: Bool?

    public init(networkAclId: String, ruleNumber: Int, egress: Bool, dryRun: Bool? = nil) {
        self.networkAclId = networkAclId
        self.ruleNumber = ruleNumber
        self.egress = egress
        self.dryRun = dryRun
    }

    public func encode(into form: inout QueryForm) {
        form.add("NetworkAclId", networkAclId)
        form.add("RuleNumber", ruleNumber)
        form.add("Egress", egress)
        form.add("DryRun", dryRun)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output { Output() }
}
