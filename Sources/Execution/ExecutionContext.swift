import AWS
import Failover

/// Everything that the runners take from outside: AWS, time, a resolver, a probe, and leave to act.
public struct ExecutionContext: Sendable {
    public var aws: AWSClient
    /// The controller's steady clock, on which the deadlines of `StepOrder` stand.
    public var now: @Sendable () -> Timestamp
    /// Throws when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// Pause between two looks. Default 5 s: a promotion takes minutes, and RDS throttles a whole account and
    /// Region at once.
    public var pollEvery: Duration
    /// For how long AWS's views must show nothing of a change before it counts as not made. Default 30 s:
    /// describe calls are eventually consistent, and have been seen to lag by up to 20 s.
    public var settleTime: Duration
    /// What a client's resolver says about a name. Bounded by whoever gives it.
    public var answersFor: @Sendable (String) async -> DNSView
    /// One connection to an endpoint that should not answer any more, as a stranger makes it: nothing is
    /// asked in SQL, and above all nothing is written.
    public var knock: @Sendable (Failover.Endpoint) async -> Reading<ProbeAnswer>
    /// One connection to the endpoint of a database that should write, with a write where config.yaml has
    /// `sql` for it; unknown when nothing can be said. Bounded by whoever gives it.
    public var probe: @Sendable (Failover.Endpoint) async -> Reading<ProbeAnswer>
    /// The same through a name of the clients' (the first one) that leads to the endpoint; nothing is written
    /// unless the last argument says so. Nil when config.yaml has no `sql` for its database.
    public var through: @Sendable (String, Failover.Endpoint, Bool) async -> Reading<ProbeAnswer>?
    /// Asked before every call that changes something, and by `aws` before each of its attempts: is the
    /// lease, or the lock, still ours?
    public var mayAct: @Sendable () async -> Bool
    /// Shared by all executors of a process.
    public var restarts: Restarts

    public init(
        aws: AWSClient, now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void, pollEvery: Duration = .seconds(5),
        settleTime: Duration = .seconds(30), answersFor: @escaping @Sendable (String) async -> DNSView,
        knock: @escaping @Sendable (Failover.Endpoint) async -> Reading<ProbeAnswer>,
        probe: @escaping @Sendable (Failover.Endpoint) async -> Reading<ProbeAnswer>,
        through: @escaping @Sendable (String, Failover.Endpoint, Bool) async -> Reading<ProbeAnswer>? = {
            _, _, _ in nil
        },
        mayAct: @escaping @Sendable () async -> Bool, restarts: Restarts = Restarts()
    ) {
        self.aws = aws.asking(mayAct)
        self.now = now
        self.sleep = sleep
        self.pollEvery = pollEvery
        self.settleTime = settleTime
        self.answersFor = answersFor
        self.knock = knock
        self.probe = probe
        self.through = through
        self.mayAct = mayAct
        self.restarts = restarts
    }
}
