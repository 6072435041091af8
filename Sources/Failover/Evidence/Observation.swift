/// One fact about one database with its source, vantage and time.
///
/// Its copies share their values: every evaluation takes dozens.
public struct Observation: Sendable, Equatable, Codable {
    private var shared: Shared

    private final class Shared: Sendable {
        let values: Values
        init(_ values: Values) { self.values = values }
    }

    private struct Values: Sendable, Equatable, Codable {
        var workload: WorkloadID
        var database: DatabaseID
        var source: String
        var vantage: String
        var at: Timestamp
        var fact: Fact
    }

    public init(
        workload: WorkloadID, database: DatabaseID, source: String, vantage: String, at: Timestamp, fact: Fact
    ) {
        shared = Shared(
            Values(
                workload: workload, database: database, source: source, vantage: vantage, at: at, fact: fact))
    }

    public var workload: WorkloadID { shared.values.workload }
    public var database: DatabaseID { shared.values.database }
    /// What was asked, for people: `RDS API ap-southeast-2`, `TCP probe`, `CloudWatch us-east-1`.
    public var source: String { shared.values.source }
    /// Where the witness stands, for people: `this host`, `ap-southeast-1`, `Route 53 checkers`.
    public var vantage: String { shared.values.vantage }

    /// When the answer (or the lack of one) was received.
    public var at: Timestamp {
        get { shared.values.at }
        set { change { $0.at = newValue } }
    }

    public var fact: Fact {
        get { shared.values.fact }
        set { change { $0.fact = newValue } }
    }

    private mutating func change(_ body: (inout Values) -> Void) {
        var values = shared.values
        body(&values)
        shared = Shared(values)
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.shared === right.shared || left.shared.values == right.shared.values
    }

    public init(from decoder: any Decoder) throws { shared = Shared(try Values(from: decoder)) }

    public func encode(to encoder: any Encoder) throws { try shared.values.encode(to: encoder) }
}

/// What an observation is about. The newest of each slot counts; see `EvidenceStore`. Indirect: it is copied
/// with every look at it.
public indirect enum Fact: Sendable, Equatable, Codable {
    /// The newest sample of Route 53's `HealthCheckStatus` for the primary's health check.
    case routeHealth(reading: Reading<HealthSample>)
    /// The control plane's view of one side.
    case database(side: Side, reading: Reading<DatabaseState>)
    /// The replica's lag samples, read in the standby Region, newest first.
    case replication(reading: Reading<[LagSample]>)
    /// Our own connection to one side's endpoint.
    case probe(side: Side, reading: Reading<ProbeAnswer>)

    public var slot: Slot {
        switch self {
        case .routeHealth: .routeHealth
        case .database(let side, _): side == .primary ? .primaryDatabase : .standbyDatabase
        case .replication: .replication
        case .probe(let side, _): side == .primary ? .primaryProbe : .standbyProbe
        }
    }

    /// Nil when the fact is known.
    public var unknownReason: UnknownReason? {
        switch self {
        case .routeHealth(let reading): reading.unknownReason
        case .database(_, let reading): reading.unknownReason
        case .replication(let reading): reading.unknownReason
        case .probe(_, let reading): reading.unknownReason
        }
    }
}

public enum Slot: String, Sendable, Codable, CaseIterable {
    case routeHealth, primaryDatabase, standbyDatabase, replication, primaryProbe, standbyProbe
}

public struct HealthSample: Sendable, Equatable, Codable {
    public var healthy: Bool
    /// The metric sample's own time, not when it was read.
    public var sampledAt: Timestamp

    public init(healthy: Bool, sampledAt: Timestamp) {
        self.healthy = healthy
        self.sampledAt = sampledAt
    }
}

public struct LagSample: Sendable, Equatable, Codable {
    public var sampledAt: Timestamp
    /// Seconds; nil when the metric said that replication is not running (RDS publishes -1).
    public var lagSeconds: Double?
    /// Up to where in the log the replica had applied (an LSN), where the source knows one: CloudWatch does
    /// not.
    public var position: String?

    public init(sampledAt: Timestamp, lagSeconds: Double?, position: String? = nil) {
        self.sampledAt = sampledAt
        self.lagSeconds = lagSeconds
        self.position = position
    }

    /// Nil too when the number makes no sense: not finite, negative, or more than ten years.
    public var lag: Duration? {
        guard let lagSeconds, lagSeconds.isFinite, (0...315_360_000).contains(lagSeconds) else { return nil }
        return .milliseconds(Int64(lagSeconds * 1000))
    }

    /// The primary's clock at the newest change that the replica had applied: proof that the primary lived
    /// then.
    public var appliedUpTo: Timestamp? { lag.map { sampledAt - $0 } }
}

public struct ProbeAnswer: Sendable, Equatable, Codable {
    /// True when a PostgreSQL server answered `SSLRequest` (with `S` or `N`).
    public var answered: Bool
    /// What happened, for people: `refused`, `no answer in 3 s`, `answered S in 12 ms`.
    public var detail: String
    /// What it answered in SQL; nil when it was not asked (no `sql` in config.yaml, or nothing answered), and
    /// in journals from before there was such a question.
    public var sql: SQLAnswer?

    public init(answered: Bool, detail: String, sql: SQLAnswer? = nil) {
        self.answered = answered
        self.detail = detail
        self.sql = sql
    }

    /// It answers, and does not say that it commits nothing.
    var serves: Bool {
        switch sql?.outcome {
        case nil, .wrote, .looked: answered
        case .stalled, .crowded, .readOnly, .turnedAway, .misconfigured: false
        }
    }
}
