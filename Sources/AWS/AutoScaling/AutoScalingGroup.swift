/// A group of instances.
public struct AutoScalingGroup: Sendable, Hashable {
    public var autoScalingGroupName: String?
    public var autoScalingGroupARN: String?
    public var minSize: Int?
    public var maxSize: Int?
    public var desiredCapacity: Int?
    public var availabilityZones: [String] = []
    /// Its subnets, with commas.
    public var vpcZoneIdentifier: String?
    /// Only while it is being deleted.
    public var status: String?
    public var createdTime: WallTime?
    public var instances: [AutoScalingInstance] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        autoScalingGroupName = xml.string("AutoScalingGroupName")
        autoScalingGroupARN = xml.string("AutoScalingGroupARN")
        minSize = try xml.int("MinSize")
        maxSize = try xml.int("MaxSize")
        desiredCapacity = try xml.int("DesiredCapacity")
        availabilityZones = xml.strings("AvailabilityZones", item: "member")
        vpcZoneIdentifier = xml.string("VPCZoneIdentifier")
        status = xml.string("Status")
        createdTime = try xml.time("CreatedTime")
        instances = try xml.list("Instances", item: "member", AutoScalingInstance.init)
    }
}
