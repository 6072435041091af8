/// All hosted zones of the account, public and private.
public struct ListHostedZones: Route53Operation, PaginatedOperation {
    public static let name = "ListHostedZones"
    public var kind: OperationKind { .read }

    /// Where the page begins. Nil for the first one.
    public var marker: String?
    /// A page, up to 100.
    public var maxItems: Int?

    public init(marker: String? = nil, maxItems: Int? = nil) {
        self.marker = marker
        self.maxItems = maxItems
    }

    public var path: String { "/hostedzone" }

    public func encode(into query: inout QueryForm) {
        query.add("marker", marker)
        query.add("maxitems", maxItems)
    }

    public struct Output: Sendable, Hashable {
        public var hostedZones: [HostedZone] = []
        public var isTruncated = false
        public var nextMarker: String?

        public init() {}
    }

    public static func decode(_ root: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.hostedZones = try root.list("HostedZones", item: "HostedZone", HostedZone.init)
        output.isTruncated = try root.requiredBool("IsTruncated")
        output.nextMarker = root.nonEmptyString("NextMarker")
        return output
    }

    public static func items(of page: Output) -> [HostedZone] { page.hostedZones }
    public static func nextToken(of page: Output) -> String? { page.isTruncated ? page.nextMarker : nil }
    public func resumed(at token: String) -> Self {
        var next = self
        next.marker = token
        return next
    }
}
