/// How long a request may take.
public struct Timeouts: Sendable, Equatable {
    /// For the name lookup, the TCP connection and the TLS handshake together. Default 3 s: within one
    /// AWS Region these take milliseconds, between the farthest two well under one second.
    public var connect: Duration
    /// From `send` to the last byte of the answer, the wait for a free connection included. Default 15 s.
    public var total: Duration

    public init(connect: Duration = .seconds(3), total: Duration = .seconds(15)) {
        self.connect = connect
        self.total = total
    }
}

/// A request, as it goes on the wire. Nothing is added to what is signed: of its own the transport sends
/// only Host, Content-Length and, when the request has none, User-Agent.
public struct HTTPRequest: Sendable, Equatable {
    /// 8 MiB: several times the largest page that an AWS control plane call answers with.
    public static let defaultMaxResponseBytes = 8 << 20

    /// Upper-case by custom; sent as it is.
    public var method: String
    /// An absolute http or https URL. Path and query are sent byte for byte; what is not printable ASCII has
    /// to be percent-encoded already. User names and fragments are refused.
    public var url: String
    public var headers: HTTPHeaders
    public var body: [UInt8]
    public var timeouts: Timeouts
    /// A longer body ends the transfer with `responseTooLarge`.
    public var maxResponseBytes: Int
    /// Dial this Unix socket instead of the URL's host. No proxy is used.
    public var unixSocketPath: String?
    /// Dial this "host:port" instead of the URL's. The Host header, the TLS server name and the name that
    /// the certificate is checked against stay the URL's.
    public var connectTo: String?
    /// Whether the transport itself may send the request once more when a kept-alive connection turns out to
    /// have been closed by the server. nil: by the method (RFC 9110, 9.2.2). Where it is false, a request
    /// goes out whole at most once.
    public var isIdempotent: Bool?
    /// A new connection and a new name lookup, and the connection closed afterwards: for probes, which want
    /// to know whether the path works *now*.
    public var usesFreshConnection: Bool

    public init(
        method: String = "GET",
        url: String,
        headers: HTTPHeaders = [],
        body: [UInt8] = [],
        timeouts: Timeouts = Timeouts(),
        maxResponseBytes: Int = HTTPRequest.defaultMaxResponseBytes,
        unixSocketPath: String? = nil,
        connectTo: String? = nil,
        isIdempotent: Bool? = nil,
        usesFreshConnection: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeouts = timeouts
        self.maxResponseBytes = maxResponseBytes
        self.unixSocketPath = unixSocketPath
        self.connectTo = connectTo
        self.isIdempotent = isIdempotent
        self.usesFreshConnection = usesFreshConnection
    }

    var mayBeRepeated: Bool {
        isIdempotent ?? ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"].contains(method)
    }
}
