/// One rule of a security group, as AWS numbers it.
public struct SecurityGroupRule: Sendable, Hashable {
    public var securityGroupRuleId: String?
    public var groupId: String?
    public var isEgress: Bool?
    public var ipProtocol: String?
    public var fromPort: Int?
    public var toPort: Int?
    public var cidrIpv4: String?
    public var cidrIpv6: String?
    public var prefixListId: String?
    public var description: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        securityGroupRuleId = xml.string("securityGroupRuleId")
        groupId = xml.string("groupId")
        isEgress = try xml.bool("isEgress")
        ipProtocol = xml.string("ipProtocol")
        fromPort = try xml.int("fromPort")
        toPort = try xml.int("toPort")
        cidrIpv4 = xml.string("cidrIpv4")
        cidrIpv6 = xml.string("cidrIpv6")
        prefixListId = xml.string("prefixListId")
        description = xml.string("description")
    }
}
