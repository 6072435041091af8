/// Something that happened to an RDS resource. Events may come up to five minutes late.
public struct RDSEvent: Sendable, Hashable {
    public var sourceIdentifier: String?
    /// `db-instance`, `db-cluster`, …
    public var sourceType: String?
    public var sourceArn: String?
    public var message: String?
    public var eventCategories: [String] = []
    public var date: WallTime?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        sourceIdentifier = xml.string("SourceIdentifier")
        sourceType = xml.string("SourceType")
        sourceArn = xml.string("SourceArn")
        message = xml.string("Message")
        eventCategories = xml.strings("EventCategories", item: "EventCategory")
        date = try xml.time("Date")
    }
}
