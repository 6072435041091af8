/// A health check of Route 53, as it is set up; not its verdict.
public struct HealthCheck: Sendable, Hashable {
    public var id = ""
    public var callerReference: String?
    /// Goes up with each change; given with an update, it makes the update fail if somebody else was faster.
    public var healthCheckVersion: Int?
    public var healthCheckConfig: HealthCheckConfig?
    public var cloudWatchAlarmConfiguration: HealthCheckAlarmConfiguration?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        id = try xml.requiredString("Id")
        callerReference = xml.string("CallerReference")
        healthCheckVersion = try xml.int("HealthCheckVersion")
        healthCheckConfig = try xml.structure("HealthCheckConfig", HealthCheckConfig.init)
        cloudWatchAlarmConfiguration = try xml.structure(
            "CloudWatchAlarmConfiguration", HealthCheckAlarmConfiguration.init)
    }
}
