/// A hosted zone.
public struct HostedZone: Sendable, Hashable {
    /// Without the `/hostedzone/` that it comes with.
    public var id: String = ""
    /// With the dot at the end.
    public var name = ""
    public var callerReference: String?
    public var config: HostedZoneConfig?
    public var resourceRecordSetCount: Int?
    public var features: HostedZoneFeatures?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        id = Route53ID.bare(try xml.requiredString("Id"))
        name = try xml.requiredString("Name")
        callerReference = xml.string("CallerReference")
        config = try xml.structure("Config", HostedZoneConfig.init)
        resourceRecordSetCount = try xml.int("ResourceRecordSetCount")
        features = try xml.structure("Features", HostedZoneFeatures.init)
    }
}
