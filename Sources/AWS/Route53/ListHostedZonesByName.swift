/// Hosted zones in the order of their names, last label first, from a name on.
public struct ListHostedZonesByName: Route53Operation, PaginatedOperation {
    public static let name = "ListHostedZonesByName"
    public var kind: OperationKind { .read }

    public var dnsName: String?
    /// Only together with `dnsName`.
    public var hostedZoneId: String?
    /// A page, up to 100.
    public var maxItems: Int?

    public init(dnsName: String? = nil, hostedZoneId: String? = nil, maxItems: Int? = nil) {
        self.dnsName = dnsName
        self.hostedZoneId = hostedZoneId
        self.maxItems = maxItems
    }

    public var path: String { "/hostedzonesbyname" }

    public func encode(into query: inout QueryForm) {
        query.add("dnsname", dnsName)
        query.add("hostedzoneid", hostedZoneId)
        query.add("maxitems", maxItems)
    }

    public struct Output: Sendable, Hashable {
        public var hostedZones: [HostedZone] = []
        public var isTruncated = false
        public var nextDNSName: String?
        public var nextHostedZoneId: String?

        public init() {}
    }

    /// The first zone of the next page.
    public struct Token: Sendable, Hashable {
        public var dnsName: String
        public var hostedZoneId: String?
    }

    public static func decode(_ root: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.hostedZones = try root.list("HostedZones", item: "HostedZone", HostedZone.init)
        output.isTruncated = try root.requiredBool("IsTruncated")
        output.nextDNSName = root.string("NextDNSName")
        output.nextHostedZoneId = root.string("NextHostedZoneId")
        return output
    }

    public static func items(of page: Output) -> [HostedZone] { page.hostedZones }
    public static func nextToken(of page: Output) -> Token? {
        guard page.isTruncated, let name = page.nextDNSName else { return nil }
        return Token(dnsName: name, hostedZoneId: page.nextHostedZoneId)
    }
    public func resumed(at token: Token) -> Self {
        var next = self
        next.dnsName = token.dnsName
        next.hostedZoneId = token.hostedZoneId
        return next
    }
}
