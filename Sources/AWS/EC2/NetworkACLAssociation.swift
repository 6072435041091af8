/// A subnet that a network ACL stands before.
public struct NetworkACLAssociation: Sendable, Hashable {
    public var networkAclAssociationId: String?
    public var networkAclId: String?
    public var subnetId: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        networkAclAssociationId = xml.string("networkAclAssociationId")
        networkAclId = xml.string("networkAclId")
        subnetId = xml.string("subnetId")
    }
}
