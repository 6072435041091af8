/// A rule of a network ACL; the one with the lowest number that matches decides.
public struct NetworkACLEntry: Sendable, Hashable {
    /// 1 to 32766; 32767 is the final deny.
    public var ruleNumber: Int?
    /// `-1` for all, else the number: `6` is TCP.
    public var `protocol`: String?
    /// `allow` or `deny`.
    public var ruleAction: String?
    public var egress: Bool?
    public var cidrBlock: String?
    public var ipv6CidrBlock: String?
    public var icmpTypeCode: ICMPTypeCode?
    public var portRange: PortRange?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        ruleNumber = try xml.int("ruleNumber")
        `protocol` = xml.string("protocol")
        ruleAction = xml.string("ruleAction")
        egress = try xml.bool("egress")
        cidrBlock = xml.string("cidrBlock")
        ipv6CidrBlock = xml.string("ipv6CidrBlock")
        icmpTypeCode = try xml.structure("icmpTypeCode", ICMPTypeCode.init)
        portRange = try xml.structure("portRange", PortRange.init)
    }
}
