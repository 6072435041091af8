/// What happened to alarms, up to 30 days back.
public struct DescribeAlarmHistory: CloudWatchOperation, PaginatedOperation {
    public static let name = "DescribeAlarmHistory"
    public var kind: OperationKind { .read }

    public var alarmName: String?
    public var alarmTypes: [String]
    public var historyItemType: String?
    public var startDate: WallTime?
    public var endDate: WallTime?
    /// A page, up to 100.
    public var maxRecords: Int?
    public var nextToken: String?
    /// `TimestampDescending` or `TimestampAscending`.
    public var scanBy: String?

    public init(
        alarmName: String? = nil, alarmTypes: [String] = [], historyItemType: String? = nil,
        startDate: WallTime? = nil, endDate: WallTime? = nil, maxRecords: Int? = nil,
        nextToken: String? = nil, scanBy: String? = nil
    ) {
        self.alarmName = alarmName
        self.alarmTypes = alarmTypes
        self.historyItemType = historyItemType
        self.startDate = startDate
        self.endDate = endDate
        self.maxRecords = maxRecords
        self.nextToken = nextToken
        self.scanBy = scanBy
    }

    public func encode(into form: inout QueryForm) {
        form.add("AlarmName", alarmName)
        form.list("AlarmTypes", item: "member", alarmTypes)
        form.add("HistoryItemType", historyItemType)
        form.add("StartDate", startDate)
        form.add("EndDate", endDate)
        form.add("MaxRecords", maxRecords)
        form.add("NextToken", nextToken)
        form.add("ScanBy", scanBy)
    }

    public struct Output: Sendable, Hashable {
        public var alarmHistoryItems: [AlarmHistoryItem] = []
        public var nextToken: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.alarmHistoryItems = try result.list("AlarmHistoryItems", item: "member", AlarmHistoryItem.init)
        output.nextToken = result.nonEmptyString("NextToken")
        return output
    }

    public static func items(of page: Output) -> [AlarmHistoryItem] { page.alarmHistoryItems }
    public static func nextToken(of page: Output) -> String? { page.nextToken }
    public func resumed(at token: String) -> Self {
        var next = self
        next.nextToken = token
        return next
    }
}
