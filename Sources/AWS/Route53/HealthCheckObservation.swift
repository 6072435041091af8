/// What one checker saw.
public struct HealthCheckObservation: Sendable, Hashable {
    public var region: String?
    /// Of the checker.
    public var ipAddress: String?
    public var statusReport: HealthCheckStatusReport?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        region = xml.string("Region")
        ipAddress = xml.string("IPAddress")
        statusReport = try xml.structure("StatusReport", HealthCheckStatusReport.init)
    }
}
