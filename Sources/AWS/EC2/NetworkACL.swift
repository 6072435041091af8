/// A network ACL. Unlike a security group it also cuts connections that are established.
public struct NetworkACL: Sendable, Hashable {
    public var networkAclId: String?
    public var vpcId: String?
    public var isDefault: Bool?
    public var ownerId: String?
    public var associations: [NetworkACLAssociation] = []
    public var entries: [NetworkACLEntry] = []
    public var tags: [EC2Tag] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        networkAclId = xml.string("networkAclId")
        vpcId = xml.string("vpcId")
        isDefault = try xml.bool("default")
        ownerId = xml.string("ownerId")
        associations = try xml.list("associationSet", item: "item", NetworkACLAssociation.init)
        entries = try xml.list("entrySet", item: "item", NetworkACLEntry.init)
        tags = try xml.list("tagSet", item: "item", EC2Tag.init)
    }
}
