/// Options of a zone.
public struct HostedZoneFeatures: Sendable, Hashable {
    /// `ENABLED`, `ENABLING`, …: whether changes come back within about an hour of an outage of us-east-1.
    public var acceleratedRecoveryStatus: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        acceleratedRecoveryStatus = xml.string("AcceleratedRecoveryStatus")
    }
}
