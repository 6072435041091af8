import Failover

/// One database with both of its sides, what flows between them, and what was lost.
final class TwinDatabase {
    let workload: WorkloadID
    let id: DatabaseID
    let kind: Database.Kind
    let primary: Node
    let standby: Node
    var stream: ReplicationStream
    /// Of Aurora; nil otherwise.
    var global: History<GlobalState>?
    /// Where the two histories parted. Nil while there is one history only.
    var fork: Fork?
    /// How often something writes a row so that the lag tells the truth. Nil for none: an idle PostgreSQL
    /// then reports up to 300 s, when its write-ahead log is switched.
    var heartbeat: Duration?
    /// What a promotion is going to be like, where that is not left to chance.
    var course: PromotionCourse?
    /// How much longer than usual a promotion takes.
    var slowness = 1
    /// While true no promotion gets any further.
    var isStuck = false {
        didSet {
            let waiting = isStuck ? [] : stuck
            if !isStuck { stuck = [] }
            for act in waiting { act() }
        }
    }
    var stuck: [() -> Void] = []
    /// The standby is being removed from its global cluster.
    var isLeaving = false
    var chance: Chance
    var lag: SampleSeries
    /// The rows that probes wrote on the primary.
    var canary = CommitLog()

    init(
        workload: WorkloadID, id: DatabaseID, kind: Database.Kind, primary: Node, standby: Node,
        stream: ReplicationStream, heartbeat: Duration?, chance: Chance
    ) {
        self.workload = workload
        self.id = id
        self.kind = kind
        self.primary = primary
        self.standby = standby
        self.stream = stream
        self.heartbeat = heartbeat
        self.chance = chance
        lag = SampleSeries(salt: self.chance.next())
    }

    func node(_ side: Side) -> Node { side == .primary ? primary : standby }
    var nodes: [Node] { [primary, standby] }
}

/// How a promotion that AWS has accepted goes.
enum PromotionCourse: Equatable, Sendable {
    case completes
    /// Some time later everything is as before.
    case isGivenUp
    /// The replica ends in status `failed`.
    case breaks
}

/// Where a promotion cut the history in two.
struct Fork: Equatable, Sendable {
    /// When the replica stopped to receive.
    var at: Timestamp
    /// Everything up to here is on both sides.
    var horizon: Timestamp
    var position: Int
    /// Accepted by the old writer before the fork, and not on the new one.
    var lostCommits: Int
    /// From the horizon to the newest of them; zero when nothing is lost.
    var lostSpan: Duration
}

/// An Aurora global database.
struct GlobalState: Equatable {
    var status = "available"
    var members: [Member]
    var movement: Movement?

    struct Member: Equatable {
        var side: Side
        var isWriter: Bool
        var synchronization = "connected"
    }

    struct Movement: Equatable {
        var status: String
        var from: Side
        var to: Side
        var allowsDataLoss: Bool
    }

    func member(_ side: Side) -> Member? { members.first { $0.side == side } }
}
