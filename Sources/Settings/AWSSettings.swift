import Failover

/// The `aws` section: how AWS is reached.
public struct AWSSettings: Sendable, Equatable {
    /// Most specific first: service and Region, service, Region, everything.
    public var endpoints: [EndpointOverride]
    /// The profile in the shared AWS files; nil for the default credential chain.
    public var profile: String?
    /// Absolute path of a PEM file with the certificate authorities to trust; nil for the system's.
    public var caBundle: String?
    /// Seconds: 1, 5, 10, 30 or a multiple of 60, the periods that CloudWatch knows.
    public var metricPeriod: Int
    /// 100 ms...30 s.
    public var connectTimeout: Duration
    /// For one attempt, connecting included. 1 s...2 min.
    public var requestTimeout: Duration
    /// The first attempt included. 1...10.
    public var maxAttempts: Int

    public init(
        endpoints: [EndpointOverride] = [], profile: String? = nil, caBundle: String? = nil,
        metricPeriod: Int = 60, connectTimeout: Duration = .seconds(3),
        requestTimeout: Duration = .seconds(15),
        maxAttempts: Int = 3
    ) {
        self.endpoints = endpoints
        self.profile = profile
        self.caBundle = caBundle
        self.metricPeriod = metricPeriod
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.maxAttempts = maxAttempts
    }
}

/// An address that replaces AWS's own, for VPC endpoints and for rehearsals against a stand-in.
public struct EndpointOverride: Sendable, Hashable {
    /// `rds`, `route53`, ...; nil for every service.
    public var service: String?
    /// Nil for every Region.
    public var region: Region?
    /// `http` or `https`, host, perhaps port and path.
    public var url: String

    public init(service: String? = nil, region: Region? = nil, url: String) {
        self.service = service
        self.region = region
        self.url = url
    }

    /// How much it names; a service weighs more than a Region.
    var specificity: Int { (service == nil ? 0 : 2) + (region == nil ? 0 : 1) }
}
