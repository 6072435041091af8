/// A statistic of a metric over periods. There is no unit: one that does not match silently returns nothing.
public struct MetricStat: Sendable, Hashable {
    public var metric: Metric
    /// Seconds, a multiple of 60 for ordinary metrics.
    public var period: Int
    /// `Maximum`, `Minimum`, `Average`, `Sum`, `SampleCount`, `p99`, …
    public var stat: String

    public init(metric: Metric, period: Int, stat: String) {
        self.metric = metric
        self.period = period
        self.stat = stat
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        metric = try Metric(xml.required("Metric"))
        guard let period = try xml.int("Period") else {
            throw MalformedResponse("<\(xml.name)> has no <Period>")
        }
        self.period = period
        stat = try xml.requiredString("Stat")
    }

    func encode(into form: inout QueryForm) {
        form.structure("Metric") { metric.encode(into: &$0) }
        form.add("Period", period)
        form.add("Stat", stat)
    }
}
