/// What the control plane of its Region says about one side of a database.
public struct DatabaseState: Sendable, Equatable, Codable {
    /// As AWS spells it (`available`, `modifying`, ...). The documented list is open: an unknown status is
    /// *not ready*.
    public var status: String
    public var role: Role
    /// Source instance's name or ARN for a replica; the global cluster's identifier for an Aurora secondary.
    public var replicaOf: String?
    /// RDS `StatusInfos` of type `read replication`, or Aurora's `SynchronizationStatus`; nil where AWS
    /// reports none.
    public var replication: ReplicationStatus?
    /// `DbiResourceId` or `DbClusterResourceId`: immutable, while an identifier can be renamed and reused.
    public var resourceID: String
    public var arn: String
    public var engineVersion: String
    /// Aurora: how many instances the cluster has. 0 is *headless*, which cannot take over. 1 for an RDS
    /// instance.
    public var instanceCount: Int
    public var securityGroups: [String]
    public var endpoint: Endpoint?
    /// Aurora: `FailoverState.Status` of the global cluster (`failing-over`, ...); nil when idle or not a
    /// member.
    public var globalFailover: String?

    public enum Role: String, Sendable, Codable {
        case writer, replica
    }

    public struct ReplicationStatus: Sendable, Equatable, Codable {
        /// AWS's own judgement: false once replication has stopped or failed.
        public var normal: Bool
        public var text: String

        public init(normal: Bool, text: String) {
            self.normal = normal
            self.text = text
        }
    }

    public init(
        status: String, role: Role, replicaOf: String? = nil, replication: ReplicationStatus? = nil,
        resourceID: String, arn: String, engineVersion: String, instanceCount: Int = 1,
        securityGroups: [String] = [], endpoint: Endpoint? = nil, globalFailover: String? = nil
    ) {
        self.status = status
        self.role = role
        self.replicaOf = replicaOf
        self.replication = replication
        self.resourceID = resourceID
        self.arn = arn
        self.engineVersion = engineVersion
        self.instanceCount = instanceCount
        self.securityGroups = securityGroups
        self.endpoint = endpoint
        self.globalFailover = globalFailover
    }
}

/// What a status means for the decision. Source: the RDS and Aurora user guides' status tables.
public enum StatusMeaning: Sendable, Equatable {
    /// Serving.
    case serving
    /// The provider is at work and normally ends by itself.
    case recovering
    /// The provider has given up.
    case failed
    /// A person did this, or configuration is to blame.
    case deliberate
    /// Not in our tables: not ready, and never a reason to act.
    case unknown

    /// Recovering because a person or a calendar asked for it: it takes as long as it takes, and a
    /// promotion in the middle would leave two histories.
    public static func isPlanned(_ status: String) -> Bool {
        [
            "maintenance", "upgrading", "modifying", "renaming", "resetting-master-credentials",
            "moving-to-vpc",
            "converting-to-vpc",
        ].contains(status)
    }

    public init(status: String) {
        switch status {
        case "available", "backing-up", "storage-optimization", "configuring-enhanced-monitoring",
            "configuring-iam-database-auth", "configuring-log-exports", "update-iam-db-auth", "backtracking",
            "storage-config-upgrade", "storage-initialization":
            self = .serving
        case "rebooting", "failing-over", "switching-over", "maintenance", "upgrading", "starting",
            "modifying",
            "renaming", "resetting-master-credentials", "moving-to-vpc", "converting-to-vpc", "promoting",
            "creating":
            self = .recovering
        case "failed", "inaccessible-encryption-credentials", "incompatible-network", "restore-error":
            self = .failed
        case "stopped", "stopping", "deleting", "delete-precheck", "storage-full", "incompatible-parameters",
            "incompatible-option-group", "insufficient-capacity", "incompatible-restore",
            "inaccessible-encryption-credentials-recoverable", "migration-failed", "cloning-failed":
            self = .deliberate
        default:
            self = .unknown
        }
    }
}
