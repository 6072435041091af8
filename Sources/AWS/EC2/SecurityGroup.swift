/// A security group and its rules.
public struct SecurityGroup: Sendable, Hashable {
    public var groupId = ""
    public var groupName: String?
    public var description: String?
    public var vpcId: String?
    public var ownerId: String?
    public var securityGroupArn: String?
    /// Inbound.
    public var ipPermissions: [IPPermission] = []
    /// Outbound.
    public var ipPermissionsEgress: [IPPermission] = []
    public var tags: [EC2Tag] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        groupId = try xml.requiredString("groupId")
        groupName = xml.string("groupName")
        description = xml.string("groupDescription")
        vpcId = xml.string("vpcId")
        ownerId = xml.string("ownerId")
        securityGroupArn = xml.string("securityGroupArn")
        ipPermissions = try xml.list("ipPermissions", item: "item", IPPermission.init)
        ipPermissionsEgress = try xml.list("ipPermissionsEgress", item: "item", IPPermission.init)
        tags = try xml.list("tagSet", item: "item", EC2Tag.init)
    }
}
