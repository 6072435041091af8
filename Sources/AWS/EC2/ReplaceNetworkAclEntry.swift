/// Replaces the rule with that number.
public struct ReplaceNetworkAclEntry: EC2Operation {
    public static let name = "ReplaceNetworkAclEntry"
    public var kind: OperationKind { dryRun == true ? .read : .repeatableMutation }

    public var networkAclId: String
    /// 1 to 32766.
    public var ruleNumber: Int
    /// `-1` for all, else the number: `6` is TCP.
    public var `protocol`: String
    /// `allow` or `deny`.
    public var ruleAction: String
    public var egress: Bool
    public var cidrBlock: String?
    public var ipv6CidrBlock: String?
    public var icmpTypeCode: ICMPTypeCode?
    /// Needed for TCP and UDP.
    public var portRange: PortRange?
    /// True to ask only whether it is allowed; see `AWSError.isDryRunPermission`.
    public var dryRun: Bool?

    public init(
        networkAclId: String, ruleNumber: Int, `protocol`: String, ruleAction: String, egress: Bool,
        cidrBlock: String? = nil, ipv6CidrBlock: String? = nil, icmpTypeCode: ICMPTypeCode? = nil,
        portRange: PortRange? = nil, dryRun: Bool? = nil
    ) {
        self.networkAclId = networkAclId
        self.ruleNumber = ruleNumber
        self.protocol = `protocol`
        self.ruleAction = ruleAction
        self.egress = egress
        self.cidrBlock = cidrBlock
        self.ipv6CidrBlock = ipv6CidrBlock
        self.icmpTypeCode = icmpTypeCode
        self.portRange = portRange
        self.dryRun = dryRun
    }

    public func encode(into form: inout QueryForm) {
        form.add("NetworkAclId", networkAclId)
        form.add("RuleNumber", ruleNumber)
        form.add("Protocol", `protocol`)
        form.add("RuleAction", ruleAction)
        form.add("Egress", egress)
        form.add("CidrBlock", cidrBlock)
        form.add("Ipv6CidrBlock", ipv6CidrBlock)
        if let icmpTypeCode { form.structure("Icmp") { icmpTypeCode.encode(into: &$0) } }
        if let portRange { form.structure("PortRange") { portRange.encode(into: &$0) } }
        form.add("DryRun", dryRun)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output { Output() }
}
