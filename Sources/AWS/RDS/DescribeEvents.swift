/// What happened to RDS resources, up to 14 days back.
public struct DescribeEvents: RDSOperation, PaginatedOperation {
    public static let name = "DescribeEvents"
    public var kind: OperationKind { .read }

    public var sourceIdentifier: String?
    /// `db-instance`, `db-cluster`, …; needed with `sourceIdentifier`.
    public var sourceType: String?
    public var startTime: WallTime?
    public var endTime: WallTime?
    /// Back from now. Nil, without times, for AWS's 60.
    public var durationMinutes: Int?
    public var eventCategories: [String]
    public var filters: [Filter]
    /// A page, 20 to 100. Nil for AWS's 100.
    public var maxRecords: Int?
    /// Where the page begins. Nil for the first one.
    public var marker: String?

    public init(
        sourceIdentifier: String? = nil, sourceType: String? = nil, startTime: WallTime? = nil,
        endTime: WallTime? = nil, durationMinutes: Int? = nil, eventCategories: [String] = [],
        filters: [Filter] = [], maxRecords: Int? = nil, marker: String? = nil
    ) {
        self.sourceIdentifier = sourceIdentifier
        self.sourceType = sourceType
        self.startTime = startTime
        self.endTime = endTime
        self.durationMinutes = durationMinutes
        self.eventCategories = eventCategories
        self.filters = filters
        self.maxRecords = maxRecords
        self.marker = marker
    }

    public func encode(into form: inout QueryForm) {
        form.add("SourceIdentifier", sourceIdentifier)
        form.add("SourceType", sourceType)
        form.add("StartTime", startTime)
        form.add("EndTime", endTime)
        form.add("Duration", durationMinutes)
        form.list("EventCategories", item: "EventCategory", eventCategories)
        form.list("Filters", item: "Filter", filters) { $1.encode(into: &$0) }
        form.add("MaxRecords", maxRecords)
        form.add("Marker", marker)
    }

    public struct Output: Sendable, Hashable {
        public var events: [RDSEvent] = []
        public var marker: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.events = try result.list("Events", item: "Event", RDSEvent.init)
        output.marker = result.nonEmptyString("Marker")
        return output
    }

    public static func items(of page: Output) -> [RDSEvent] { page.events }
    public static func nextToken(of page: Output) -> String? { page.marker }
    public func resumed(at token: String) -> Self {
        var next = self
        next.marker = token
        return next
    }
}
