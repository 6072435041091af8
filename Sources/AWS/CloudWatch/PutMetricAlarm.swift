/// Makes an alarm on one metric, or replaces it as a whole.
public struct PutMetricAlarm: CloudWatchOperation {
    public static let name = "PutMetricAlarm"
    public var kind: OperationKind { .repeatableMutation }

    public var alarmName: String
    public var alarmDescription: String?
    public var actionsEnabled: Bool?
    public var okActions: [String]
    public var alarmActions: [String]
    public var insufficientDataActions: [String]
    public var metricName: String?
    public var namespace: String?
    public var statistic: String?
    public var dimensions: [Dimension]
    /// Seconds: 10, 20, 30 or a multiple of 60.
    public var period: Int?
    public var unit: String?
    public var evaluationPeriods: Int
    /// Out of the evaluation periods. Nil for all of them.
    public var datapointsToAlarm: Int?
    public var threshold: Double?
    public var comparisonOperator: String
    /// `breaching`, `notBreaching`, `ignore` or `missing`. Nil for `missing`.
    public var treatMissingData: String?

    public init(
        alarmName: String, alarmDescription: String? = nil, actionsEnabled: Bool? = nil,
        okActions: [String] = [], alarmActions: [String] = [], insufficientDataActions: [String] = [],
        metricName: String? = nil, namespace: String? = nil, statistic: String? = nil,
        dimensions: [Dimension] = [], period: Int? = nil, unit: String? = nil, evaluationPeriods: Int,
        datapointsToAlarm: Int? = nil, threshold: Double? = nil, comparisonOperator: String,
        treatMissingData: String? = nil
    ) {
        self.alarmName = alarmName
        self.alarmDescription = alarmDescription
        self.actionsEnabled = actionsEnabled
        self.okActions = okActions
        self.alarmActions = alarmActions
        self.insufficientDataActions = insufficientDataActions
        self.metricName = metricName
        self.namespace = namespace
        self.statistic = statistic
        self.dimensions = dimensions
        self.period = period
        self.unit = unit
        self.evaluationPeriods = evaluationPeriods
        self.datapointsToAlarm = datapointsToAlarm
        self.threshold = threshold
        self.comparisonOperator = comparisonOperator
        self.treatMissingData = treatMissingData
    }

    public func encode(into form: inout QueryForm) {
        form.add("AlarmName", alarmName)
        form.add("AlarmDescription", alarmDescription)
        form.add("ActionsEnabled", actionsEnabled)
        form.list("OKActions", item: "member", okActions)
        form.list("AlarmActions", item: "member", alarmActions)
        form.list("InsufficientDataActions", item: "member", insufficientDataActions)
        form.add("MetricName", metricName)
        form.add("Namespace", namespace)
        form.add("Statistic", statistic)
        form.list("Dimensions", item: "member", dimensions) { $1.encode(into: &$0) }
        form.add("Period", period)
        form.add("Unit", unit)
        form.add("EvaluationPeriods", evaluationPeriods)
        form.add("DatapointsToAlarm", datapointsToAlarm)
        form.add("Threshold", threshold)
        form.add("ComparisonOperator", comparisonOperator)
        form.add("TreatMissingData", treatMissingData)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output { Output() }
}
