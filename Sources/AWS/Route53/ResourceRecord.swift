/// One value of a record set.
public struct ResourceRecord: Sendable, Hashable {
    public var value: String

    public init(value: String) {
        self.value = value
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        value = try xml.requiredString("Value")
    }

    func encode(into xml: inout XMLWriter) {
        xml.add("Value", value)
    }
}
