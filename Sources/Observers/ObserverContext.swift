import AWS
import Failover

/// What every observer needs from outside.
public struct ObserverContext: Sendable {
    public var aws: AWSClient
    /// The steady clock.
    public var now: @Sendable () -> Timestamp
    /// Returns after the span, or throws at once when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// How far apart the samples of the metrics are, in seconds; 60 for RDS and Route 53. At least 1.
    public var metricPeriodSeconds: Int
    public var resolver: Resolver
    public var sockets: ProbeSockets
    public var sessions: SQLSessions
    /// For each errand to AWS.
    public var callOptions: CallOptions
    /// For the connection of one probe until the first byte, and at most as long before it for the name.
    public var probeLimit: Duration
    /// For one session in SQL, where there is one, after that.
    public var sqlLimit: Duration
    /// What of the budget is left, for everybody who observes in this context.
    let allowance: Allowance

    /// 2 attempts of 3 s, 7 s in all: an answer comes within milliseconds or, from a Region in trouble, not
    /// at all, and the next round asks again anyway. 3 s for a probe is one lost SYN, sent again after 1 s,
    /// and room for a round trip about the world. 5 s for SQL: about ten round trips, of which the longest
    /// are a quarter of a second, one lost packet, and a commit.
    public init(
        aws: AWSClient, now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void, metricPeriodSeconds: Int = 60,
        resolver: Resolver, sockets: ProbeSockets = ProbeSockets(),
        sessions: SQLSessions = SQLSessions(),
        callOptions: CallOptions = CallOptions(
            connectTimeout: .seconds(2), attemptTimeout: .seconds(3), deadline: .seconds(7), maxAttempts: 2),
        probeLimit: Duration = .seconds(3), sqlLimit: Duration = .seconds(5),
        budget: CallBudget = CallBudget()
    ) {
        self.aws = aws
        self.now = now
        self.sleep = sleep
        self.metricPeriodSeconds = max(1, metricPeriodSeconds)
        self.resolver = resolver
        self.sockets = sockets
        self.sessions = sessions
        self.callOptions = callOptions
        self.probeLimit = probeLimit
        self.sqlLimit = sqlLimit
        allowance = Allowance(budget)
    }

    /// For all calls of one errand, those about its parts included.
    var partsLimit: Duration { callOptions.deadline ?? .seconds(60) }

    /// For an errand as a whole: the calls' own deadline comes first, and says more.
    var errandLimit: Duration { partsLimit + .seconds(1) }
}
