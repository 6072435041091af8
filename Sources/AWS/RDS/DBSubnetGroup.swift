/// Where an instance may live.
public struct DBSubnetGroup: Sendable, Hashable {
    public var dbSubnetGroupName: String?
    public var dbSubnetGroupDescription: String?
    public var dbSubnetGroupArn: String?
    public var vpcId: String?
    public var subnetGroupStatus: String?
    public var subnets: [DBSubnet] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        dbSubnetGroupName = xml.string("DBSubnetGroupName")
        dbSubnetGroupDescription = xml.string("DBSubnetGroupDescription")
        dbSubnetGroupArn = xml.string("DBSubnetGroupArn")
        vpcId = xml.string("VpcId")
        subnetGroupStatus = xml.string("SubnetGroupStatus")
        subnets = try xml.list("Subnets", item: "Subnet", DBSubnet.init)
    }
}
