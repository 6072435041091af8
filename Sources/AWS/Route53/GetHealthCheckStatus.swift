/// What each checker saw last. AWS means it for development: it has a bucket of 4 requests, refilled one a
/// second for the whole account, gives no verdict, and does not work for calculated checks and those of
/// alarms.
public struct GetHealthCheckStatus: Route53Operation {
    public static let name = "GetHealthCheckStatus"
    public var kind: OperationKind { .read }

    public var healthCheckId: String

    public init(healthCheckId: String) {
        self.healthCheckId = healthCheckId
    }

    public var path: String { "/healthcheck/\(PercentEncoding.encode(healthCheckId))/status" }

    public struct Output: Sendable, Hashable {
        public var healthCheckObservations: [HealthCheckObservation] = []

        public init() {}
    }

    public static func decode(_ root: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.healthCheckObservations = try root.list(
            "HealthCheckObservations", item: "HealthCheckObservation", HealthCheckObservation.init)
        return output
    }
}
