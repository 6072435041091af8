/// An alarm on a metric or on an expression over metrics.
public struct MetricAlarm: Sendable, Hashable {
    public var alarmName = ""
    public var alarmArn: String?
    public var alarmDescription: String?
    /// `OK`, `ALARM`, `INSUFFICIENT_DATA`.
    public var stateValue: String?
    public var stateReason: String?
    public var stateReasonData: String?
    public var stateUpdatedTimestamp: WallTime?
    /// When the state last changed.
    public var stateTransitionedTimestamp: WallTime?
    public var evaluationState: String?
    public var alarmConfigurationUpdatedTimestamp: WallTime?
    public var actionsEnabled: Bool?
    public var okActions: [String] = []
    public var alarmActions: [String] = []
    public var insufficientDataActions: [String] = []
    public var namespace: String?
    public var metricName: String?
    public var dimensions: [Dimension] = []
    public var statistic: String?
    public var extendedStatistic: String?
    /// Seconds.
    public var period: Int?
    public var unit: String?
    public var evaluationPeriods: Int?
    public var datapointsToAlarm: Int?
    public var threshold: Double?
    public var comparisonOperator: String?
    /// `missing`, `ignore`, `breaching`, `notBreaching`.
    public var treatMissingData: String?
    /// Of an alarm on an expression, which has neither namespace nor metric of its own: what it is made of.
    public var metrics: [MetricDataQuery] = []
    /// The question among them whose answer is the threshold, a band of what is usual.
    public var thresholdMetricId: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        alarmName = try xml.requiredString("AlarmName")
        alarmArn = xml.string("AlarmArn")
        alarmDescription = xml.string("AlarmDescription")
        stateValue = xml.string("StateValue")
        stateReason = xml.string("StateReason")
        stateReasonData = xml.string("StateReasonData")
        stateUpdatedTimestamp = try xml.time("StateUpdatedTimestamp")
        stateTransitionedTimestamp = try xml.time("StateTransitionedTimestamp")
        evaluationState = xml.string("EvaluationState")
        alarmConfigurationUpdatedTimestamp = try xml.time("AlarmConfigurationUpdatedTimestamp")
        actionsEnabled = try xml.bool("ActionsEnabled")
        okActions = xml.strings("OKActions", item: "member")
        alarmActions = xml.strings("AlarmActions", item: "member")
        insufficientDataActions = xml.strings("InsufficientDataActions", item: "member")
        namespace = xml.string("Namespace")
        metricName = xml.string("MetricName")
        dimensions = try xml.list("Dimensions", item: "member", Dimension.init)
        statistic = xml.string("Statistic")
        extendedStatistic = xml.string("ExtendedStatistic")
        period = try xml.int("Period")
        unit = xml.string("Unit")
        evaluationPeriods = try xml.int("EvaluationPeriods")
        datapointsToAlarm = try xml.int("DatapointsToAlarm")
        threshold = try xml.double("Threshold")
        comparisonOperator = xml.string("ComparisonOperator")
        treatMissingData = xml.string("TreatMissingData")
        metrics = try xml.list("Metrics", item: "member", MetricDataQuery.init)
        thresholdMetricId = xml.string("ThresholdMetricId")
    }
}
