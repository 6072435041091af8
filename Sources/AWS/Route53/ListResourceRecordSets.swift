/// The record sets of a zone, in the order of their names, from a place on. It shows changes that are still
/// pending.
public struct ListResourceRecordSets: Route53Operation, PaginatedOperation {
    public static let name = "ListResourceRecordSets"
    public var kind: OperationKind { .read }

    /// With or without `/hostedzone/` in front.
    public var hostedZoneId: String
    public var startRecordName: String?
    /// Only together with a name.
    public var startRecordType: String?
    /// Only together with name and type.
    public var startRecordIdentifier: String?
    /// A page, up to 300.
    public var maxItems: Int?

    public init(
        hostedZoneId: String, startRecordName: String? = nil, startRecordType: String? = nil,
        startRecordIdentifier: String? = nil, maxItems: Int? = nil
    ) {
        self.hostedZoneId = hostedZoneId
        self.startRecordName = startRecordName
        self.startRecordType = startRecordType
        self.startRecordIdentifier = startRecordIdentifier
        self.maxItems = maxItems
    }

    public var path: String { "/hostedzone/\(Route53ID.segment(hostedZoneId))/rrset" }

    public func encode(into query: inout QueryForm) {
        query.add("name", startRecordName)
        query.add("type", startRecordType)
        query.add("identifier", startRecordIdentifier)
        query.add("maxitems", maxItems)
    }

    public struct Output: Sendable, Hashable {
        public var resourceRecordSets: [ResourceRecordSet] = []
        public var isTruncated = false
        public var nextRecordName: String?
        public var nextRecordType: String?
        public var nextRecordIdentifier: String?

        public init() {}
    }

    /// The first record set of the next page.
    public struct Token: Sendable, Hashable {
        public var name: String
        public var type: String?
        public var identifier: String?
    }

    public static func decode(_ root: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.resourceRecordSets = try root.list(
            "ResourceRecordSets", item: "ResourceRecordSet", ResourceRecordSet.init)
        output.isTruncated = try root.requiredBool("IsTruncated")
        output.nextRecordName = root.string("NextRecordName")
        output.nextRecordType = root.string("NextRecordType")
        output.nextRecordIdentifier = root.string("NextRecordIdentifier")
        return output
    }

    public static func items(of page: Output) -> [ResourceRecordSet] { page.resourceRecordSets }
    public static func nextToken(of page: Output) -> Token? {
        guard page.isTruncated, let name = page.nextRecordName else { return nil }
        return Token(name: name, type: page.nextRecordType, identifier: page.nextRecordIdentifier)
    }
    public func resumed(at token: Token) -> Self {
        var next = self
        next.startRecordName = token.name
        next.startRecordType = token.type
        next.startRecordIdentifier = token.identifier
        return next
    }
}
