/// What a zone was created with.
public struct HostedZoneConfig: Sendable, Hashable {
    public var comment: String?
    public var privateZone: Bool?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        comment = xml.string("Comment")
        privateZone = try xml.bool("PrivateZone")
    }
}
