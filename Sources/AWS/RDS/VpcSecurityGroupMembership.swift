/// A security group of an instance or a cluster.
public struct VpcSecurityGroupMembership: Sendable, Hashable {
    public var vpcSecurityGroupId = ""
    /// `active`, `adding`, `removing`.
    public var status: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        vpcSecurityGroupId = try xml.requiredString("VpcSecurityGroupId")
        status = xml.string("Status")
    }
}
