/// Publishes samples. Twice is two samples, which sums and counts show.
public struct PutMetricData: CloudWatchOperation {
    public static let name = "PutMetricData"
    public var kind: OperationKind { .mutation }

    /// Of one's own: `AWS/…` is refused.
    public var namespace: String
    /// Up to 1,000.
    public var metricData: [MetricDatum]

    public init(namespace: String, metricData: [MetricDatum]) {
        self.namespace = namespace
        self.metricData = metricData
    }

    public func encode(into form: inout QueryForm) {
        form.add("Namespace", namespace)
        form.list("MetricData", item: "member", metricData) { $1.encode(into: &$0) }
    }

    /// An answer says nothing more than that it worked.
    public typealias Output = Void

    public static func decode(_ result: XMLElement) throws(MalformedResponse) {}
}
