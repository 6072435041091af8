/// What a security group lets through: a protocol, ports, and from where. It reads and writes every member,
/// so that what was revoked can be authorized again as it was.
public struct IPPermission: Sendable, Hashable {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all.
    public var ipProtocol: String
    public var fromPort: Int?
    public var toPort: Int?
    public var userIdGroupPairs: [UserIDGroupPair]
    public var ipRanges: [IPRange]
    public var ipv6Ranges: [IPv6Range]
    public var prefixListIds: [PrefixListID]

    public init(
        ipProtocol: String, fromPort: Int? = nil, toPort: Int? = nil,
        userIdGroupPairs: [UserIDGroupPair] = [],
        ipRanges: [IPRange] = [], ipv6Ranges: [IPv6Range] = [], prefixListIds: [PrefixListID] = []
    ) {
        self.ipProtocol = ipProtocol
        self.fromPort = fromPort
        self.toPort = toPort
        self.userIdGroupPairs = userIdGroupPairs
        self.ipRanges = ipRanges
        self.ipv6Ranges = ipv6Ranges
        self.prefixListIds = prefixListIds
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        ipProtocol = try xml.requiredString("ipProtocol")
        fromPort = try xml.int("fromPort")
        toPort = try xml.int("toPort")
        userIdGroupPairs = try xml.list("groups", item: "item", UserIDGroupPair.init)
        ipRanges = try xml.list("ipRanges", item: "item", IPRange.init)
        ipv6Ranges = try xml.list("ipv6Ranges", item: "item", IPv6Range.init)
        prefixListIds = try xml.list("prefixListIds", item: "item", PrefixListID.init)
    }

    func encode(into form: inout QueryForm) {
        form.add("IpProtocol", ipProtocol)
        form.add("FromPort", fromPort)
        form.add("ToPort", toPort)
        form.flatList("Groups", userIdGroupPairs) { $1.encode(into: &$0) }
        form.flatList("IpRanges", ipRanges) { $1.encode(into: &$0) }
        form.flatList("Ipv6Ranges", ipv6Ranges) { $1.encode(into: &$0) }
        form.flatList("PrefixListIds", prefixListIds) { $1.encode(into: &$0) }
    }
}
