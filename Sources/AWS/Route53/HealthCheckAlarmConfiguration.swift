/// The alarm's definition as it was when the health check was tied to it; a later edit of the alarm is not in
/// it.
public struct HealthCheckAlarmConfiguration: Sendable, Hashable {
    public var evaluationPeriods: Int?
    public var threshold: Double?
    public var comparisonOperator: String?
    /// Seconds.
    public var period: Int?
    public var metricName: String?
    public var namespace: String?
    public var statistic: String?
    public var dimensions: [Dimension] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        evaluationPeriods = try xml.int("EvaluationPeriods")
        threshold = try xml.double("Threshold")
        comparisonOperator = xml.string("ComparisonOperator")
        period = try xml.int("Period")
        metricName = xml.string("MetricName")
        namespace = xml.string("Namespace")
        statistic = xml.string("Statistic")
        dimensions = try xml.list("Dimensions", item: "Dimension", Dimension.init)
    }
}
