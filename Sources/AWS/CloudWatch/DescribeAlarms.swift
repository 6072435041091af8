/// Alarms and their states, of both types unless asked otherwise.
public struct DescribeAlarms: CloudWatchOperation, PaginatedOperation {
    public static let name = "DescribeAlarms"
    public var kind: OperationKind { .read }

    /// Up to 100. Empty for all.
    public var alarmNames: [String]
    public var alarmNamePrefix: String?
    /// Without them AWS leaves composite alarms out.
    public var alarmTypes: [String]
    public var stateValue: String?
    /// A page, up to 100.
    public var maxRecords: Int?
    public var nextToken: String?

    public init(
        alarmNames: [String] = [], alarmNamePrefix: String? = nil,
        alarmTypes: [String] = ["MetricAlarm", "CompositeAlarm"], stateValue: String? = nil,
        maxRecords: Int? = nil, nextToken: String? = nil
    ) {
        self.alarmNames = alarmNames
        self.alarmNamePrefix = alarmNamePrefix
        self.alarmTypes = alarmTypes
        self.stateValue = stateValue
        self.maxRecords = maxRecords
        self.nextToken = nextToken
    }

    public func encode(into form: inout QueryForm) {
        form.list("AlarmNames", item: "member", alarmNames)
        form.add("AlarmNamePrefix", alarmNamePrefix)
        form.list("AlarmTypes", item: "member", alarmTypes)
        form.add("StateValue", stateValue)
        form.add("MaxRecords", maxRecords)
        form.add("NextToken", nextToken)
    }

    public struct Output: Sendable, Hashable {
        public var metricAlarms: [MetricAlarm] = []
        public var compositeAlarms: [CompositeAlarm] = []
        public var nextToken: String?

        public init() {}
    }

    /// An alarm of either type.
    public enum Alarm: Sendable, Hashable {
        case metric(MetricAlarm)
        case composite(CompositeAlarm)
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.metricAlarms = try result.list("MetricAlarms", item: "member", MetricAlarm.init)
        output.compositeAlarms = try result.list("CompositeAlarms", item: "member", CompositeAlarm.init)
        output.nextToken = result.nonEmptyString("NextToken")
        return output
    }

    public static func items(of page: Output) -> [Alarm] {
        page.metricAlarms.map(Alarm.metric) + page.compositeAlarms.map(Alarm.composite)
    }
    public static func nextToken(of page: Output) -> String? { page.nextToken }
    public func resumed(at token: String) -> Self {
        var next = self
        next.nextToken = token
        return next
    }
}
