/// Which askers a set is for, by address.
public struct CIDRRoutingConfig: Sendable, Hashable {
    public var collectionId: String
    public var locationName: String

    public init(collectionId: String, locationName: String) {
        self.collectionId = collectionId
        self.locationName = locationName
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        collectionId = try xml.requiredString("CollectionId")
        locationName = try xml.requiredString("LocationName")
    }

    func encode(into xml: inout XMLWriter) {
        xml.add("CollectionId", collectionId)
        xml.add("LocationName", locationName)
    }
}
