/// Where a database answers.
public struct DBEndpoint: Sendable, Hashable {
    /// The host name.
    public var address: String?
    public var port: Int?
    /// Of the zone that RDS owns.
    public var hostedZoneId: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        address = xml.string("Address")
        port = try xml.int("Port")
        hostedZoneId = xml.string("HostedZoneId")
    }
}
