/// When a workload may fail over, and how patient each part is. `config.yaml` explains every field.
public struct Policy: Sendable, Equatable {
    public var mode: Mode
    /// The kinds of evidence in use. Each kind counts once, however many checkers stand behind it.
    public var witnesses: Set<WitnessKind>
    /// How many kinds must say *failed*. 2...witnesses.count.
    public var quorum: Int
    /// For how long the quorum must hold without a gap.
    public var confirmationWindow: Duration
    /// For how long all must be healthy before a suspicion is dropped (hysteresis).
    public var clearanceWindow: Duration
    /// The most data, as time, that may be lost without a person's word. Compared with the lag, age included.
    public var maximumDataLoss: Duration
    /// The longest outage allowed, clients included (RTO); nil where nobody has said. Nothing is decided by
    /// it: `doctor` holds against it how long clients keep an answer of DNS, which no failover can hurry.
    public var recoveryTime: Duration?
    /// Quiet after a completed failover.
    public var cooldown: Duration
    /// A probe's or an API's answer older than this is unknown.
    public var freshness: Duration
    /// A metric sample older than this is unknown. CloudWatch publishes RDS metrics 1 to 3 minutes late.
    public var metricFreshness: Duration
    /// Replication lag at which the replica is said to receive nothing any more. RDS for PostgreSQL reports
    /// up to 300 s on an idle primary, so below 330 s a heartbeat on the primary is needed.
    public var stallAfter: Duration
    /// For how long the provider's own recovery (Multi-AZ failover, reboot, maintenance) is waited for.
    public var providerRecoveryLimit: Duration
    public var timeouts: Timeouts
    /// When nothing fails over by itself.
    public var maintenance: [MaintenanceWindow]

    public enum Mode: String, Sendable, Codable, CaseIterable {
        /// Watch, say what would be done, do nothing.
        case observe
        /// Ask a person before acting.
        case approval
        case automatic
    }

    /// The longest time for each kind of step, all tries included.
    public struct Timeouts: Sendable, Equatable {
        public var recheck: Duration
        public var fence: Duration
        public var promotion: Duration
        public var traffic: Duration
        public var confirmation: Duration
        /// Until what was raised in the standby Region runs. Clients wait meanwhile, then they move anyway:
        /// Fargate starts a task in one or two minutes, EC2 an instance in two to five, and most of that
        /// passes during the promotion. Zero: they are not waited for.
        public var capacity: Duration

        /// A fence that the promotion waits for: up to 30 s for changed security groups, up to 120 s for the
        /// restart (RDS: 20 to 60 s are common, more after a crash), and the looks at what serves again.
        /// One that may be owed has less by default: each second of it is a second of outage.
        public static let provenFence = Duration.seconds(180)

        public init(
            recheck: Duration = .seconds(30), fence: Duration = .seconds(60),
            promotion: Duration = .seconds(1800),
            traffic: Duration = .seconds(900), confirmation: Duration = .seconds(300),
            capacity: Duration = .seconds(300)
        ) {
            self.recheck = recheck
            self.fence = fence
            self.promotion = promotion
            self.traffic = traffic
            self.confirmation = confirmation
            self.capacity = capacity
        }
    }

    public init(
        mode: Mode, witnesses: Set<WitnessKind>, quorum: Int, confirmationWindow: Duration,
        clearanceWindow: Duration, maximumDataLoss: Duration, cooldown: Duration, freshness: Duration,
        metricFreshness: Duration, stallAfter: Duration, providerRecoveryLimit: Duration, timeouts: Timeouts,
        maintenance: [MaintenanceWindow] = [], recoveryTime: Duration? = nil
    ) {
        self.mode = mode
        self.witnesses = witnesses
        self.quorum = quorum
        self.confirmationWindow = confirmationWindow
        self.clearanceWindow = clearanceWindow
        self.maximumDataLoss = maximumDataLoss
        self.cooldown = cooldown
        self.freshness = freshness
        self.metricFreshness = metricFreshness
        self.stallAfter = stallAfter
        self.providerRecoveryLimit = providerRecoveryLimit
        self.timeouts = timeouts
        self.maintenance = maintenance
        self.recoveryTime = recoveryTime
    }
}

/// An independent kind of evidence about the primary.
public enum WitnessKind: String, Sendable, Codable, CaseIterable, Comparable {
    /// Route 53's checkers, read from the `HealthCheckStatus` metric in us-east-1.
    case route53
    /// The RDS API of the primary's Region.
    case controlPlane = "control-plane"
    /// The replica's own view: does it still receive?
    case replication
    /// Our own connection to the writer's endpoint.
    case probe

    /// Stands outside the controller's own network path to the primary. Without one of these a cut between
    /// the controller and the primary's Region looks just like a dead Region.
    public var standsOutside: Bool { self == .route53 || self == .replication }

    public static func < (left: WitnessKind, right: WitnessKind) -> Bool { left.rawValue < right.rawValue }
}
