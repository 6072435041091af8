/// An instance of a group.
public struct AutoScalingInstance: Sendable, Hashable {
    public var instanceId: String?
    public var instanceType: String?
    public var availabilityZone: String?
    /// `Pending`, `InService`, `Terminating`, …
    public var lifecycleState: String?
    /// `Healthy` or `Unhealthy`.
    public var healthStatus: String?
    public var protectedFromScaleIn: Bool?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        instanceId = xml.string("InstanceId")
        instanceType = xml.string("InstanceType")
        availabilityZone = xml.string("AvailabilityZone")
        lifecycleState = xml.string("LifecycleState")
        healthStatus = xml.string("HealthStatus")
        protectedFromScaleIn = try xml.bool("ProtectedFromScaleIn")
    }
}
