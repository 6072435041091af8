/// A tag on an EC2 resource.
public struct EC2Tag: Sendable, Hashable {
    public var key: String?
    public var value: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        key = xml.string("key")
        value = xml.string("value")
    }
}
