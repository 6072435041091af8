/// One subnet of a subnet group.
public struct DBSubnet: Sendable, Hashable {
    public var subnetIdentifier: String?
    public var subnetStatus: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        subnetIdentifier = xml.string("SubnetIdentifier")
        subnetStatus = xml.string("SubnetStatus")
    }
}
