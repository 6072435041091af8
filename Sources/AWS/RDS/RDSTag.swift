/// A tag on an RDS resource.
public struct RDSTag: Sendable, Hashable {
    public var key: String?
    public var value: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        key = xml.string("Key")
        value = xml.string("Value")
    }
}
