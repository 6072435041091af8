/// A place on the globe, in degrees, as text so that every digit survives.
public struct Coordinates: Sendable, Hashable {
    public var latitude: String
    public var longitude: String

    public init(latitude: String, longitude: String) {
        self.latitude = latitude
        self.longitude = longitude
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        latitude = try xml.requiredString("Latitude")
        longitude = try xml.requiredString("Longitude")
    }

    func encode(into xml: inout XMLWriter) {
        xml.add("Latitude", latitude)
        xml.add("Longitude", longitude)
    }
}
