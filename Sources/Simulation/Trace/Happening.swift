import AWS
import Failover

/// One thing that truly happened. A run's event log is their text, one line each, in order.
public struct Happening: Sendable, Equatable {
    /// The world's true time, which no host knows.
    public var at: Timestamp
    public var kind: Kind

    public enum Kind: Sendable, Equatable {
        /// Became durable in that host's journal (or in the shared one, appended by that host).
        case record(HostID, Record)
        /// Left the host.
        case mutation(HostID, Mutation)
        /// One attempt of any call, as the host's AWS client counts it, when it ended, and what it was for.
        case called(HostID, CallRecord, for: Cause? = nil)
        /// Was handed to the host's controller. Judged, but not kept: there are too many for the log.
        case observed(HostID, [Observation])
        case effect(Effect)
        case wrote(Commits)
        /// A message reached people.
        case delivered(NoticeID, Notice.Kind, WorkloadID, Topic)
        case host(HostID, HostEvent)
        case fault(Fault, begins: Bool)
        case request(HostID, WorkloadID, OperatorRequest, OperatorReply)
        /// The table has a new holder. `after`: whose it was until then; nil when it was nobody's.
        case lease(holder: HostID, epoch: Int, after: Predecessor? = nil)
        /// The host has asked the table for the lease's record, to read or to replace it. Judged, not kept.
        case leaseAsked(HostID)
        /// An alarm has reached the host, which looks at the workload because of it.
        case alarm(HostID, WorkloadID, name: String)
        /// What a controller wrote to its log as a problem.
        case problem(HostID, String)
    }

    public typealias NoticeID = String

    public enum HostEvent: Sendable, Equatable {
        case started
        case crashed
        case paused
        case resumed
        case stopped(reason: String)
    }

    /// Who held the lease before.
    public struct Predecessor: Sendable, Equatable {
        public var host: HostID
        /// Until when, in true time, that process may think that it still holds it.
        public var mayActUntil: Timestamp

        public init(_ host: HostID, mayActUntil: Timestamp) {
            self.host = host
            self.mayActUntil = mayActUntil
        }
    }

    public init(at: Timestamp, kind: Kind) {
        self.at = at
        self.kind = kind
    }
}

/// What clients committed to one site since the last happening of this kind for it.
public struct Commits: Sendable, Equatable {
    public var database: DatabaseID
    public var site: SiteName
    /// >= 1.
    public var count: Int
    /// The site's position (its commit counter) after them.
    public var position: Int
    /// When the last of them was made: they are told some time later.
    public var lastAt: Timestamp

    public init(database: DatabaseID, site: SiteName, count: Int, position: Int, lastAt: Timestamp) {
        self.database = database
        self.site = site
        self.count = count
        self.position = position
        self.lastAt = lastAt
    }
}
