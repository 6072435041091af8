/// Where a resource is, for geoproximity routing.
public struct GeoProximityLocation: Sendable, Hashable {
    public var awsRegion: String?
    public var localZoneGroup: String?
    public var coordinates: Coordinates?
    public var bias: Int?

    public init(
        awsRegion: String? = nil, localZoneGroup: String? = nil, coordinates: Coordinates? = nil,
        bias: Int? = nil
    ) {
        self.awsRegion = awsRegion
        self.localZoneGroup = localZoneGroup
        self.coordinates = coordinates
        self.bias = bias
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        awsRegion = xml.string("AWSRegion")
        localZoneGroup = xml.string("LocalZoneGroup")
        coordinates = try xml.structure("Coordinates", Coordinates.init)
        bias = try xml.int("Bias")
    }

    func encode(into xml: inout XMLWriter) {
        xml.add("AWSRegion", awsRegion)
        xml.add("LocalZoneGroup", localZoneGroup)
        if let coordinates { xml.structure("Coordinates") { coordinates.encode(into: &$0) } }
        xml.add("Bias", bias)
    }
}
