/// A name and a value that single a metric out.
public struct Dimension: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        name = try xml.requiredString("Name")
        value = try xml.requiredString("Value")
    }

    func encode(into form: inout QueryForm) {
        form.add("Name", name)
        form.add("Value", value)
    }
}
