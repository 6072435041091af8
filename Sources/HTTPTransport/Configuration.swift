/// The proxies that the environment names, read by whoever starts the program.
public struct ProxyEnvironment: Sendable, Equatable {
    /// HTTPS_PROXY: for https URLs.
    public var https: String?
    /// HTTP_PROXY: for http URLs.
    public var http: String?
    /// NO_PROXY: host names, domains and CIDR blocks, comma-separated, or "*".
    public var noProxy: String?

    public init(https: String? = nil, http: String? = nil, noProxy: String? = nil) {
        self.https = https
        self.http = http
        self.noProxy = noProxy
    }
}

public enum ProxySetting: Sendable, Equatable {
    /// Always straight. The environment is not looked at.
    case none
    case environment(ProxyEnvironment)
    /// This one for everything.
    case url(String)

    /// The proxy for a scheme, and the hosts that are dialled straight; "" where there is none. Never nil:
    /// libcurl takes what is not set from the environment.
    func forScheme(_ scheme: RequestURL.Scheme) -> (proxy: String, noProxy: String) {
        switch self {
        case .none: ("", "")
        case .url(let url): (url, "")
        case .environment(let values):
            ((scheme == .https ? values.https : values.http) ?? "", values.noProxy ?? "")
        }
    }
}

extension CurlTransport {
    /// Certificates are always verified; there is no option to turn that off.
    public struct Configuration: Sendable, Equatable {
        /// A PEM file of trusted roots in place of the system's.
        public var caBundlePath: String?
        public var proxy: ProxySetting
        /// At once to one host, port and scheme, at least 1. More requests wait in line.
        public var maxConnectionsPerHost: Int
        /// At once in all, at least 1. More requests wait in line, each host in its turn.
        public var maxConnections: Int
        /// Sent and waiting together; one more is refused with `other`. Default 16,384: hundreds of times
        /// what a controller has under way, and still only tens of megabytes.
        public var maxRequestsInFlight: Int
        /// Sent when the request has no User-Agent of its own. "" for none.
        public var userAgent: String
        /// For tests.
        var lookups: Lookups?

        public init(
            caBundlePath: String? = nil,
            proxy: ProxySetting = .none,
            maxConnectionsPerHost: Int = 16,
            maxConnections: Int = 256,
            maxRequestsInFlight: Int = 16_384,
            userAgent: String = "drctl"
        ) {
            self.caBundlePath = caBundlePath
            self.proxy = proxy
            self.maxConnectionsPerHost = max(1, maxConnectionsPerHost)
            self.maxConnections = max(1, maxConnections)
            self.maxRequestsInFlight = max(1, maxRequestsInFlight)
            self.userAgent = userAgent
        }
    }
}
