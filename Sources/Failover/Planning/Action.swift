/// What a step does, with every parameter it needs.
public enum Action: Sendable, Equatable, Codable {
    /// Look again at everything and judge again, right before anything is changed.
    case recheck
    case fence(FenceAction)
    case promoteReplica(PromoteReplica)
    case detachFromGlobalCluster(DetachFromGlobalCluster)
    case failoverGlobalCluster(FailoverGlobalCluster)
    /// Lets what serves the clients in the standby Region grow. Never lowers anything.
    case raiseCapacity(RaiseCapacity)
    case awaitWriter(AwaitWriter)
    case awaitCapacity(AwaitCapacity)
    case moveRecord(MoveRecord)
    case flipHealthCheck(FlipHealthCheck)
    case confirmTraffic(ConfirmTraffic)

    /// Makes a replica a writer; cannot be taken back.
    public var promotes: Bool {
        switch self {
        case .promoteReplica, .detachFromGlobalCluster, .failoverGlobalCluster: true
        case .recheck, .fence, .raiseCapacity, .awaitWriter, .awaitCapacity, .moveRecord, .flipHealthCheck,
            .confirmTraffic:
            false
        }
    }

    public var movesTraffic: Bool {
        switch self {
        case .moveRecord, .flipHealthCheck: true
        default: false
        }
    }

    /// What is to grow, or is waited for to have grown; empty for every other action.
    public var capacities: [Capacity] {
        switch self {
        case .raiseCapacity(let growth): growth.capacities
        case .awaitCapacity(let wait): wait.capacities
        default: []
        }
    }

    /// Short name for ids and lists.
    public var name: String {
        switch self {
        case .recheck: "recheck"
        case .fence: "fence"
        case .promoteReplica: "promote"
        case .detachFromGlobalCluster: "detach"
        case .failoverGlobalCluster: "global-failover"
        case .raiseCapacity: "raise-capacity"
        case .awaitWriter: "await-writer"
        case .awaitCapacity: "await-capacity"
        case .moveRecord: "move-record"
        case .flipHealthCheck: "flip-health-check"
        case .confirmTraffic: "confirm-traffic"
        }
    }
}

/// Keeps the old writer from accepting writes. Carried out by `Execution`, now or when the Region returns.
public struct FenceAction: Sendable, Hashable, Codable {
    public var database: DatabaseID
    public var region: Region
    /// DB instance identifier, or DB cluster identifier when `isCluster`.
    public var identifier: String
    public var isCluster: Bool
    /// Immutable id of the old writer as last seen; nil when it was never seen. Where it is known and
    /// differs, the identifier has been reused and the fence must not touch it.
    public var resourceID: String?
    public var method: Fencing.Method

    public init(
        database: DatabaseID, region: Region, identifier: String, isCluster: Bool, resourceID: String?,
        method: Fencing.Method
    ) {
        self.database = database
        self.region = region
        self.identifier = identifier
        self.isCluster = isCluster
        self.resourceID = resourceID
        self.method = method
    }
}

/// `PromoteReadReplica` in the replica's Region.
public struct PromoteReplica: Sendable, Hashable, Codable {
    public var database: DatabaseID
    public var region: Region
    public var identifier: String
    public var resourceID: String

    public init(database: DatabaseID, region: Region, identifier: String, resourceID: String) {
        self.database = database
        self.region = region
        self.identifier = identifier
        self.resourceID = resourceID
    }
}

/// `RemoveFromGlobalCluster` in the Region of the secondary that becomes standalone.
public struct DetachFromGlobalCluster: Sendable, Hashable, Codable {
    public var database: DatabaseID
    public var region: Region
    public var globalCluster: String
    public var clusterIdentifier: String
    public var clusterARN: String

    public init(
        database: DatabaseID, region: Region, globalCluster: String, clusterIdentifier: String,
        clusterARN: String
    ) {
        self.database = database
        self.region = region
        self.globalCluster = globalCluster
        self.clusterIdentifier = clusterIdentifier
        self.clusterARN = clusterARN
    }
}

/// `FailoverGlobalCluster` with `AllowDataLoss=true`, in the Region of the target secondary.
public struct FailoverGlobalCluster: Sendable, Hashable, Codable {
    public var database: DatabaseID
    public var region: Region
    public var globalCluster: String
    public var clusterIdentifier: String
    public var clusterARN: String

    public init(
        database: DatabaseID, region: Region, globalCluster: String, clusterIdentifier: String,
        clusterARN: String
    ) {
        self.database = database
        self.region = region
        self.globalCluster = globalCluster
        self.clusterIdentifier = clusterIdentifier
        self.clusterARN = clusterARN
    }
}

/// Waits until the promoted side is truly a writer: not a replica any more, available, endpoint answering.
public struct AwaitWriter: Sendable, Hashable, Codable {
    public var database: DatabaseID
    public var region: Region
    public var identifier: String
    /// Set for Aurora: the global cluster it leaves or leads.
    public var globalCluster: String?
    public var resourceID: String
    public var endpoint: Endpoint

    public init(
        database: DatabaseID, region: Region, identifier: String, globalCluster: String?, resourceID: String,
        endpoint: Endpoint
    ) {
        self.database = database
        self.region = region
        self.identifier = identifier
        self.globalCluster = globalCluster
        self.resourceID = resourceID
        self.endpoint = endpoint
    }
}

/// Tells all of it to grow at once: one step, so that an API that is silent costs its time only once.
public struct RaiseCapacity: Sendable, Hashable, Codable {
    /// At least one, all in one Region.
    public var capacities: [Capacity]

    public init(capacities: [Capacity]) { self.capacities = capacities }
}

/// Waits until all of it runs: one wait for everything, because the clients wait with it.
public struct AwaitCapacity: Sendable, Hashable, Codable {
    /// At least one, all in one Region.
    public var capacities: [Capacity]

    public init(capacities: [Capacity]) { self.capacities = capacities }
}

/// Changes a record's one value from `oldValue` to `newValue`: exact old plus new in one batch, so that a
/// record that somebody else has changed meanwhile is left alone.
public struct MoveRecord: Sendable, Hashable, Codable {
    public var zoneID: String
    public var name: String
    public var type: String
    public var setIdentifier: String?
    public var oldValue: String
    public var newValue: String

    public init(
        zoneID: String, name: String, type: String, setIdentifier: String?, oldValue: String, newValue: String
    ) {
        self.zoneID = zoneID
        self.name = name
        self.type = type
        self.setIdentifier = setIdentifier
        self.oldValue = oldValue
        self.newValue = newValue
    }
}

/// Puts `value` on the metric that the PRIMARY record's health check watches. 1 moves traffic to the
/// SECONDARY.
public struct FlipHealthCheck: Sendable, Hashable, Codable {
    public var lever: HealthCheckLever
    public var value: Double

    public init(lever: HealthCheckLever, value: Double) {
        self.lever = lever
        self.value = value
    }
}

/// Resolves `name` until it leads to `endpoint`'s host.
public struct ConfirmTraffic: Sendable, Hashable, Codable {
    public var name: String
    public var endpoint: Endpoint

    public init(name: String, endpoint: Endpoint) {
        self.name = name
        self.endpoint = endpoint
    }
}
