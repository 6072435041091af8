/// One question of a `GetMetricData` call or of an alarm: a statistic, or an expression over other questions.
public struct MetricDataQuery: Sendable, Hashable {
    /// `^[a-z][a-zA-Z0-9_]*$`; the result carries it.
    public var id: String
    public var metricStat: MetricStat?
    public var expression: String?
    public var label: String?
    /// False for a question that is only there for an expression to use.
    public var returnData: Bool?
    /// Seconds; with an expression.
    public var period: Int?

    public init(
        id: String, metricStat: MetricStat? = nil, expression: String? = nil, label: String? = nil,
        returnData: Bool? = nil, period: Int? = nil
    ) {
        self.id = id
        self.metricStat = metricStat
        self.expression = expression
        self.label = label
        self.returnData = returnData
        self.period = period
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        id = try xml.requiredString("Id")
        metricStat = try xml.structure("MetricStat", MetricStat.init)
        expression = xml.string("Expression")
        label = xml.string("Label")
        returnData = try xml.bool("ReturnData")
        period = try xml.int("Period")
    }

    func encode(into form: inout QueryForm) {
        form.add("Id", id)
        if let metricStat { form.structure("MetricStat") { metricStat.encode(into: &$0) } }
        form.add("Expression", expression)
        form.add("Label", label)
        form.add("ReturnData", returnData)
        form.add("Period", period)
    }
}
