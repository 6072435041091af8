/// A metric. All its dimensions must be given, no more and no fewer.
public struct Metric: Sendable, Hashable {
    public var namespace: String
    public var metricName: String
    public var dimensions: [Dimension]

    public init(namespace: String, metricName: String, dimensions: [Dimension] = []) {
        self.namespace = namespace
        self.metricName = metricName
        self.dimensions = dimensions
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        namespace = try xml.requiredString("Namespace")
        metricName = try xml.requiredString("MetricName")
        dimensions = try xml.list("Dimensions", item: "member", Dimension.init)
    }

    func encode(into form: inout QueryForm) {
        form.add("Namespace", namespace)
        form.add("MetricName", metricName)
        form.list("Dimensions", item: "member", dimensions) { $1.encode(into: &$0) }
    }
}
