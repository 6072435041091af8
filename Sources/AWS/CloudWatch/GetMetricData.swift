/// Samples of up to 500 metrics at once. A result may come in several parts, one a page, and each has its own
/// status.
public struct GetMetricData: CloudWatchOperation, PaginatedOperation {
    public static let name = "GetMetricData"
    public var kind: OperationKind { .read }

    /// Up to 500.
    public var queries: [MetricDataQuery]
    /// Inclusive.
    public var startTime: WallTime
    /// Exclusive.
    public var endTime: WallTime
    /// `TimestampDescending` (AWS's default) or `TimestampAscending`.
    public var scanBy: String?
    /// Up to 100,800.
    public var maxDatapoints: Int?
    public var nextToken: String?

    public init(
        queries: [MetricDataQuery], startTime: WallTime, endTime: WallTime, scanBy: String? = nil,
        maxDatapoints: Int? = nil, nextToken: String? = nil
    ) {
        self.queries = queries
        self.startTime = startTime
        self.endTime = endTime
        self.scanBy = scanBy
        self.maxDatapoints = maxDatapoints
        self.nextToken = nextToken
    }

    public func encode(into form: inout QueryForm) {
        form.list("MetricDataQueries", item: "member", queries) { $1.encode(into: &$0) }
        form.add("StartTime", startTime)
        form.add("EndTime", endTime)
        form.add("NextToken", nextToken)
        form.add("ScanBy", scanBy)
        form.add("MaxDatapoints", maxDatapoints)
    }

    public struct Output: Sendable, Hashable {
        public var metricDataResults: [MetricDataResult] = []
        public var messages: [MetricDataMessage] = []
        public var nextToken: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.metricDataResults = try result.list("MetricDataResults", item: "member", MetricDataResult.init)
        output.messages = try result.list("Messages", item: "member", MetricDataMessage.init)
        output.nextToken = result.nonEmptyString("NextToken")
        return output
    }

    public static func items(of page: Output) -> [MetricDataResult] { page.metricDataResults }
    public static func nextToken(of page: Output) -> String? { page.nextToken }
    public func resumed(at token: String) -> Self {
        var next = self
        next.nextToken = token
        return next
    }
}
