/// What a user has set about endpoints, in the order in which it counts: for one service in one Region, for
/// one service, from the environment, from the profile.
public struct EndpointSettings: Sendable, Equatable {
    /// A service in a Region.
    public struct Place: Sendable, Hashable {
        /// `Service.id`.
        public var service: String
        public var region: String

        public init(service: String, region: String) {
            self.service = service
            self.region = region
        }
    }

    public var useFIPS: Bool
    public var useDualStack: Bool
    /// `AWS_ENDPOINT_URL_RDS` holds for all Regions, which two Regions in one test cannot share; hence this.
    public var byPlace: [Place: EndpointOverride]
    /// By `Service.id`.
    public var byService: [String: EndpointOverride]
    /// From the environment and the profile, by `Service.environmentID`.
    var configured: [String: String]
    var configuredForAll: String?

    public init(
        useFIPS: Bool = false, useDualStack: Bool = false, byPlace: [Place: EndpointOverride] = [:],
        byService: [String: EndpointOverride] = [:]
    ) {
        self.useFIPS = useFIPS
        self.useDualStack = useDualStack
        self.byPlace = byPlace
        self.byService = byService
        configured = [:]
    }

    /// Takes over what the environment and, after it, the profile say; what was set explicitly stays in
    /// front.
    public mutating func apply(_ surroundings: Surroundings, profile: Profile? = nil) {
        useFIPS = useFIPS || flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", surroundings, profile)
        useDualStack =
            useDualStack
            || flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", surroundings, profile)
        let ignored = flag(
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls", surroundings, profile)
        guard !ignored else { return }
        for (key, url) in profile?.serviceEndpoints ?? [:] {
            configured[key.uppercased()] = url
        }
        let prefix = "AWS_ENDPOINT_URL_"
        let everywhere = surroundings.variable("AWS_ENDPOINT_URL")
        // The environment's address for all services counts before the profile's for one.
        if everywhere != nil { configured = [:] }
        for (name, url) in surroundings.environment where name.hasPrefix(prefix) && !url.isEmpty {
            configured[String(name.dropFirst(prefix.count))] = url
        }
        configuredForAll = everywhere ?? profile?.values["endpoint_url"]
    }

    private func flag(
        _ variable: String, _ key: String, _ surroundings: Surroundings, _ profile: Profile?
    ) -> Bool {
        (surroundings.variable(variable) ?? profile?.values[key])?.lowercased() == "true"
    }
}
