/// How long one call may take, and how often it may be tried.
public struct CallOptions: Sendable, Equatable {
    /// For name resolution, TCP and TLS of one attempt.
    public var connectTimeout: Duration
    /// For one attempt, the whole answer included.
    public var attemptTimeout: Duration
    /// For the call with all its attempts and waits. Nil for no limit besides the attempts themselves.
    public var deadline: Duration?
    /// The first attempt counts. Nil for the client's own setting.
    public var maxAttempts: Int?
    /// Asked instead of the service's own endpoint in that Region: for services whose data plane has
    /// addresses of its own. `http` or `https`, host, perhaps port and path.
    public var endpoint: String?

    /// 5 s and 30 s: botocore allows 60 s for each, which is longer than an outage may go unnoticed.
    public init(
        connectTimeout: Duration = .seconds(5), attemptTimeout: Duration = .seconds(30),
        deadline: Duration? = nil, maxAttempts: Int? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.attemptTimeout = attemptTimeout
        self.deadline = deadline
        self.maxAttempts = maxAttempts
    }
}
