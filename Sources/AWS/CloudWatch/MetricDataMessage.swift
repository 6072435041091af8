/// A remark of CloudWatch on a result.
public struct MetricDataMessage: Sendable, Hashable {
    public var code: String?
    public var value: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        code = xml.string("Code")
        value = xml.string("Value")
    }
}
