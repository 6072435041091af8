/// A tag on an RDS resource.
public struct RDSTag: Sendable, Hashable {
    public var key: String?
    public var value: String?

    public init(key: String? = nil, value: String? = nil) {
        self.key = key
        self.value = value
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        key = xml.string("Key")
        value = xml.string("Value")
    }

    func encode(into form: inout QueryForm) {
        form.add("Key", key)
        form.add("Value", value)
    }
}
