import Failover

/// One side of a database: an RDS instance, or an Aurora cluster with one instance.
final class Node {
    let side: Side
    let site: Site
    let isCluster: Bool
    let arn: String
    let resourceID: String
    let engineVersion: String
    var past: History<NodeState>
    /// What this side has committed as a writer. A replica that never was one has none.
    var log = CommitLog()
    /// How many troubles keep the engine down.
    var troubles = 0
    /// What they are called by the control plane while they last, the newest last.
    var shownTroubles: [String] = []
    /// The status without them: `available`, or what the provider works on.
    var work = "available"
    /// The same of a cluster's instance.
    var instanceWork = "available"
    /// The engine is on its way down and up again, by a call or a promotion.
    var isRestarting = false
    /// The start during which its last group was closed; nil while a group lets anybody in.
    var closedDuring: Int?
    /// Closed, and restarted since: nobody can write to it.
    var isFenced = false

    init(
        side: Side, site: Site, isCluster: Bool, engineVersion: String, state: NodeState,
        from start: Timestamp
    ) {
        self.side = side
        self.site = site
        self.isCluster = isCluster
        self.engineVersion = engineVersion
        arn =
            "arn:aws:rds:\(site.region):123456789012:\(isCluster ? "cluster" : "db"):"
            + site.identifier.lowercased()
        resourceID = (isCluster ? "cluster-" : "db-") + site.identifier.uppercased()
        past = History(state, from: start)
    }

    var name: SiteName { SiteName(site) }
    var region: Region { site.region }
    /// In lower case, as AWS stores identifiers.
    var identifier: String { site.identifier.lowercased() }
    /// What a restart is asked of.
    var instance: String { isCluster ? "\(identifier)-1" : identifier }
    var state: NodeState { past.now }
}

/// What may change about one side.
struct NodeState: Equatable {
    /// Of the instance, or of the cluster.
    var status = "available"
    /// Of the cluster's instance; the same as `status` outside Aurora.
    var instanceStatus = "available"
    /// What the control plane says that it replicates from; nil for a writer.
    var source: String?
    /// What the engine does, whatever the control plane says.
    var takesWrites: Bool
    /// The engine runs.
    var isUp = true
    /// Connections are taken, and statements that write never end.
    var hangs = false
    /// Goes up with every start of the engine: sessions of before are gone.
    var start = 0
    var groups: [Membership]
    /// What `StatusInfos` complains about.
    var replicationError: String?

    struct Membership: Equatable {
        var group: String
        /// `active`, `adding`, `removing`.
        var status = "active"
    }
}
