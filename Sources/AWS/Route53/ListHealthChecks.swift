/// All health checks of the account.
public struct ListHealthChecks: Route53Operation, PaginatedOperation {
    public static let name = "ListHealthChecks"
    public var kind: OperationKind { .read }

    /// Where the page begins. Nil for the first one.
    public var marker: String?
    /// A page, up to 1000.
    public var maxItems: Int?

    public init(marker: String? = nil, maxItems: Int? = nil) {
        self.marker = marker
        self.maxItems = maxItems
    }

    public var path: String { "/healthcheck" }

    public func encode(into query: inout QueryForm) {
        query.add("marker", marker)
        query.add("maxitems", maxItems)
    }

    public struct Output: Sendable, Hashable {
        public var healthChecks: [HealthCheck] = []
        public var isTruncated = false
        public var nextMarker: String?

        public init() {}
    }

    public static func decode(_ root: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.healthChecks = try root.list("HealthChecks", item: "HealthCheck", HealthCheck.init)
        output.nextMarker = root.nonEmptyString("NextMarker")
        // Stand-ins leave it out; AWS gives a marker exactly when there is more.
        output.isTruncated = try root.bool("IsTruncated") ?? (output.nextMarker != nil)
        return output
    }

    public static func items(of page: Output) -> [HealthCheck] { page.healthChecks }
    public static func nextToken(of page: Output) -> String? { page.isTruncated ? page.nextMarker : nil }
    public func resumed(at token: String) -> Self {
        var next = self
        next.marker = token
        return next
    }
}
