/// Changes settings of a health check. Each is set to an absolute value. It needs Route 53's control plane.
public struct UpdateHealthCheck: Route53Operation {
    public static let name = "UpdateHealthCheck"
    public var kind: OperationKind { .repeatableMutation }

    public var healthCheckId: String
    /// Only while it has this version; nil for any.
    public var healthCheckVersion: Int?
    /// Checks in a row until it changes its mind, 1 to 10.
    public var failureThreshold: Int?
    /// Says the opposite of what it sees.
    public var inverted: Bool?
    /// Says healthy, whatever it sees.
    public var disabled: Bool?

    public init(
        healthCheckId: String, healthCheckVersion: Int? = nil, failureThreshold: Int? = nil,
        inverted: Bool? = nil, disabled: Bool? = nil
    ) {
        self.healthCheckId = healthCheckId
        self.healthCheckVersion = healthCheckVersion
        self.failureThreshold = failureThreshold
        self.inverted = inverted
        self.disabled = disabled
    }

    public static var method: String { "POST" }
    public var path: String { "/healthcheck/\(Route53ID.segment(healthCheckId))" }

    public var body: XMLWriter? {
        XMLWriter(root: "UpdateHealthCheckRequest", namespace: Route53ID.namespace) { xml in
            xml.add("HealthCheckVersion", healthCheckVersion)
            xml.add("FailureThreshold", failureThreshold)
            xml.add("Inverted", inverted)
            xml.add("Disabled", disabled)
        }
    }

    public typealias Output = HealthCheck

    public static func decode(_ root: XMLElement) throws(MalformedResponse) -> HealthCheck {
        try HealthCheck(root.required("HealthCheck"))
    }
}
