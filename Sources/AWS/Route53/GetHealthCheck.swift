/// The setup of a health check.
public struct GetHealthCheck: Route53Operation {
    public static let name = "GetHealthCheck"
    public var kind: OperationKind { .read }

    public var healthCheckId: String

    public init(healthCheckId: String) {
        self.healthCheckId = healthCheckId
    }

    public var path: String { "/healthcheck/\(PercentEncoding.encode(healthCheckId))" }

    public typealias Output = HealthCheck

    public static func decode(_ root: XMLElement) throws(MalformedResponse) -> HealthCheck {
        try HealthCheck(root.required("HealthCheck"))
    }
}
