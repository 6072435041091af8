import Failover

/// What is true about one database and about everything between it and those who look at it, at one moment.
struct Conditions: Sendable, Equatable {
    // The primary.
    var server = Server.serving
    /// Accepts connections and reads, but no write ends.
    var writesHang = false
    /// Was told to take no writes, or has no room for them.
    var writesRefused = false
    /// The application's own writes fail for a reason that the replica shares; a row of ours would be taken.
    var applicationFails = false
    var logins = Logins.fine
    var status = "available"
    /// Someone made it a replica.
    var isDemoted = false
    var exists = true
    /// Clients write nothing.
    var idle = false

    // Regions.
    var primaryRegionUp = true
    var standbyRegionUp = true
    var primaryAPI = Answer.good
    var standbyAPI = Answer.good
    /// Where Route 53 keeps its health checks' metrics, and its control plane.
    var metricsHome = Answer.good
    var standbyMetrics = Answer.good

    // Paths.
    var cuts: Set<Cut> = []
    var nameLost = NameLoss.none

    // Checkers.
    /// So many of so many say that it fails, whatever is true.
    var failingCheckers: FailingCheckers?

    // Metrics.
    var lagPublished = true
    var healthPublished = true
    var lagDelay = Duration.zero
    var healthDelay = Duration.zero

    // The replica.
    var lag = Duration.milliseconds(500)
    /// Of each second, how much the replica falls behind by.
    var growth = 0.0
    var replicationBroken = false
    var replicationText: String?
    var standbyServer = Server.serving
    var standbyStatus = "available"
    var standbyVersion: String?
    var standbyInstances = 1
    var standbyIsWriter = false
    var standbyExists = true

    // The host of drctl.
    var hostRuns = true
    var onHold = false

    /// What a witness says, whatever is true.
    var said: [Teller: Saying] = [:]

    enum Server: Sendable, Equatable {
        case serving, refusing, silent
    }

    enum Logins: Sendable, Equatable {
        /// `crowded`: no free connection; `refused`: password, rights or certificate.
        case fine, crowded, refused
    }

    enum NameLoss: Sendable, Equatable {
        case none, forHost, forAll
    }

    struct FailingCheckers: Sendable, Equatable {
        var failing: Int
        var all: Int
    }

    /// How an API answers.
    enum Answer: Sendable, Equatable {
        case good
        case unknown(UnknownReason)
    }

    /// Two ends that nothing passes between.
    struct Cut: Sendable, Hashable {
        var one: End
        var other: End

        init(_ one: End, _ other: End) {
            (self.one, self.other) = one.rawValue < other.rawValue ? (one, other) : (other, one)
        }
    }

    enum End: String, Sendable, CaseIterable {
        case host, primary, standby, checkers, clients, internet
        /// The database's endpoint alone, the Region's API alone.
        case primaryDatabase = "primary-database"
        case primaryAPI = "primary-api"
        case standbyAPI = "standby-api"
        case standbyDatabase = "standby-database"
        /// CloudWatch, everywhere.
        case metrics
    }
}

extension Conditions {
    /// Nothing passes between them: they are cut apart, or one is cut off from everything.
    func isCut(_ one: End, _ other: End) -> Bool {
        cuts.contains { cut in
            if cut.one == .internet || cut.other == .internet {
                let lonely = cut.one == .internet ? cut.other : cut.one
                return lonely.covers(one) != lonely.covers(other)
            }
            return (cut.one.covers(one) && cut.other.covers(other))
                || (cut.one.covers(other) && cut.other.covers(one))
        }
    }

    /// The primary process lives and its Region carries it.
    var primaryServes: Bool { server == .serving && primaryRegionUp && exists }

    /// Commits are being made somewhere on the primary.
    var commits: Bool {
        takesWrites && !applicationFails && !idle && !isCut(.clients, .primaryDatabase)
    }

    /// A write would be committed.
    var takesWrites: Bool { primaryServes && !writesHang && !writesRefused }

    /// The host of drctl could commit a row of its own.
    var takesCanary: Bool {
        takesWrites && hostRuns && logins == .fine && nameLost == .none && !isCut(.host, .primaryDatabase)
    }

    /// What the primary writes reaches the replica.
    var replicates: Bool {
        primaryServes && !replicationBroken && standbyRegionUp && standbyServer == .serving && standbyExists
            && !standbyIsWriter && !isCut(.primaryDatabase, .standbyDatabase)
    }
}

extension Conditions.End {
    /// A whole side covers its database and its API.
    func covers(_ end: Self) -> Bool {
        if self == end { return true }
        switch self {
        case .primary: return end == .primaryDatabase || end == .primaryAPI
        case .standby: return end == .standbyDatabase || end == .standbyAPI
        default: return false
        }
    }
}

/// Whose words can be put into their mouths.
enum Teller: String, Sendable, CaseIterable {
    case probe
    case controlPlane = "control-plane"
    case route53
    case replication
    case standbyControlPlane = "standby-control-plane"
    case standbyProbe = "standby-probe"
}

/// What a witness says, whatever is true.
enum Saying: Sendable, Equatable {
    /// No observation is made at all.
    case nothing
    case unknown(UnknownReason)
    case answers(Bool)
    case status(String, isReplica: Bool)
    /// `age`: how old the newest sample is when it is read.
    case health(Bool, age: Duration)
    /// Seconds; nil: replication is not running.
    case lag(Double?, age: Duration)
}
