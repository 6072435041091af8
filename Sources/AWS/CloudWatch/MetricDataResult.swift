/// The samples of one query. Only `Complete` means that they are all there; none at all means that nothing is
/// known.
public struct MetricDataResult: Sendable, Hashable {
    /// Of the query.
    public var id = ""
    public var label: String?
    /// `Complete`, `PartialData`, `InternalError`, `Forbidden`.
    public var statusCode: String?
    /// Where each value's period begins.
    public var timestamps: [WallTime] = []
    /// In parallel with `timestamps`.
    public var values: [Double] = []
    public var messages: [MetricDataMessage] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        id = try xml.requiredString("Id")
        label = xml.string("Label")
        statusCode = xml.string("StatusCode")
        timestamps = try xml.list("Timestamps", item: "member", XMLElement.timeText)
        values = try xml.list("Values", item: "member", XMLElement.numberText)
        messages = try xml.list("Messages", item: "member", MetricDataMessage.init)
    }
}
