/// Where the asker is, for geolocation routing.
public struct GeoLocation: Sendable, Hashable {
    public var continentCode: String?
    public var countryCode: String?
    public var subdivisionCode: String?

    public init(continentCode: String? = nil, countryCode: String? = nil, subdivisionCode: String? = nil) {
        self.continentCode = continentCode
        self.countryCode = countryCode
        self.subdivisionCode = subdivisionCode
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        continentCode = xml.string("ContinentCode")
        countryCode = xml.string("CountryCode")
        subdivisionCode = xml.string("SubdivisionCode")
    }

    func encode(into xml: inout XMLWriter) {
        xml.add("ContinentCode", continentCode)
        xml.add("CountryCode", countryCode)
        xml.add("SubdivisionCode", subdivisionCode)
    }
}
