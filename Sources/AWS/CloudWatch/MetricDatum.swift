/// One sample to publish.
public struct MetricDatum: Sendable, Hashable {
    public var metricName: String
    public var dimensions: [Dimension]
    /// Up to two weeks back, two hours ahead. Nil for the time of receipt.
    public var timestamp: WallTime?
    public var value: Double
    /// `Seconds`, `Count`, `None`, …
    public var unit: String?
    /// Seconds; 1 or 60. Nil for AWS's 60.
    public var storageResolution: Int?

    public init(
        metricName: String, dimensions: [Dimension] = [], timestamp: WallTime? = nil, value: Double,
        unit: String? = nil, storageResolution: Int? = nil
    ) {
        self.metricName = metricName
        self.dimensions = dimensions
        self.timestamp = timestamp
        self.value = value
        self.unit = unit
        self.storageResolution = storageResolution
    }

    func encode(into form: inout QueryForm) {
        form.add("MetricName", metricName)
        form.list("Dimensions", item: "member", dimensions) { $1.encode(into: &$0) }
        form.add("Timestamp", timestamp)
        form.add("Value", value)
        form.add("Unit", unit)
        form.add("StorageResolution", storageResolution)
    }
}
