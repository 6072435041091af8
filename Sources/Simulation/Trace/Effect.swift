import Failover

/// Something that truly changed in the estate.
public enum Effect: Sendable, Equatable {
    /// `PromoteReadReplica` has begun to work: `site` receives nothing any more and is going to be a writer.
    /// An accepted call that comes to nothing is none. `writers`: every site of that database that takes
    /// commits at this moment, and `site`.
    case promoted(DatabaseID, site: SiteName, writers: [SiteName])
    /// The same through `RemoveFromGlobalCluster`.
    case detached(DatabaseID, site: SiteName, writers: [SiteName])
    /// The same through `FailoverGlobalCluster`.
    case globalFailover(DatabaseID, site: SiteName, writers: [SiteName])
    /// `site` takes commits from now on.
    case writerReady(DatabaseID, site: SiteName)
    /// `site` takes no commits any more: closed to new connections and restarted since, or made read-only.
    case fenced(DatabaseID, site: SiteName)
    /// Commits that no site has any more after a promotion: true data loss.
    case lost(DatabaseID, commits: Int, seconds: Double)
    /// A record's value in Route 53's zone.
    case recordMoved(name: String, to: String)
    /// The value that a lever's metric was given.
    case leverFlipped(name: String, value: Double)
    /// What Route 53's name servers answer from now on, records and health checks together.
    case answerMoved(name: String, to: String)
}
