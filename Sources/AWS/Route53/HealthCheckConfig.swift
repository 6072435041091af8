/// What a health check does.
public struct HealthCheckConfig: Sendable, Hashable {
    /// `HTTP`, `HTTPS`, `TCP`, `CALCULATED`, `CLOUDWATCH_METRIC`, `RECOVERY_CONTROL`, …
    public var type = ""
    public var ipAddress: String?
    public var port: Int?
    public var resourcePath: String?
    public var fullyQualifiedDomainName: String?
    public var searchString: String?
    /// Seconds, 10 or 30.
    public var requestInterval: Int?
    /// In a row, 1 to 10.
    public var failureThreshold: Int?
    public var measureLatency: Bool?
    public var inverted: Bool?
    /// A disabled check counts as healthy; disabled and inverted, as unhealthy.
    public var disabled: Bool?
    /// Of a `CALCULATED` one: how many children must be healthy.
    public var healthThreshold: Int?
    public var childHealthChecks: [String] = []
    public var enableSNI: Bool?
    public var regions: [String] = []
    public var alarmIdentifier: HealthCheckAlarm?
    /// `Healthy`, `Unhealthy`, `LastKnownStatus`.
    public var insufficientDataHealthStatus: String?
    public var routingControlArn: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        type = try xml.requiredString("Type")
        ipAddress = xml.string("IPAddress")
        port = try xml.int("Port")
        resourcePath = xml.string("ResourcePath")
        fullyQualifiedDomainName = xml.string("FullyQualifiedDomainName")
        searchString = xml.string("SearchString")
        requestInterval = try xml.int("RequestInterval")
        failureThreshold = try xml.int("FailureThreshold")
        measureLatency = try xml.bool("MeasureLatency")
        inverted = try xml.bool("Inverted")
        disabled = try xml.bool("Disabled")
        healthThreshold = try xml.int("HealthThreshold")
        childHealthChecks = xml.strings("ChildHealthChecks", item: "ChildHealthCheck")
        enableSNI = try xml.bool("EnableSNI")
        regions = xml.strings("Regions", item: "Region")
        alarmIdentifier = try xml.structure("AlarmIdentifier", HealthCheckAlarm.init)
        insufficientDataHealthStatus = xml.string("InsufficientDataHealthStatus")
        routingControlArn = xml.string("RoutingControlArn")
    }
}
