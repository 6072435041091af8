/// The alarm whose data a health check follows. It follows the data, not the state of the alarm.
public struct HealthCheckAlarm: Sendable, Hashable {
    public var region: String?
    public var name: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        region = xml.string("Region")
        name = xml.string("Name")
    }
}
