/// Another security group, as the source of a rule.
public struct UserIDGroupPair: Sendable, Hashable {
    public var groupId: String?
    public var groupName: String?
    public var userId: String?
    public var vpcId: String?
    public var vpcPeeringConnectionId: String?
    public var description: String?

    public init(
        groupId: String? = nil, groupName: String? = nil, userId: String? = nil, vpcId: String? = nil,
        vpcPeeringConnectionId: String? = nil, description: String? = nil
    ) {
        self.groupId = groupId
        self.groupName = groupName
        self.userId = userId
        self.vpcId = vpcId
        self.vpcPeeringConnectionId = vpcPeeringConnectionId
        self.description = description
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        groupId = xml.string("groupId")
        groupName = xml.string("groupName")
        userId = xml.string("userId")
        vpcId = xml.string("vpcId")
        vpcPeeringConnectionId = xml.string("vpcPeeringConnectionId")
        description = xml.string("description")
    }

    func encode(into form: inout QueryForm) {
        form.add("GroupId", groupId)
        form.add("GroupName", groupName)
        form.add("UserId", userId)
        form.add("VpcId", vpcId)
        form.add("VpcPeeringConnectionId", vpcPeeringConnectionId)
        form.add("Description", description)
    }
}
