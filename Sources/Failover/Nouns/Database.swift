/// One database, where it lives, and how its writer is changed.
public struct Database: Sendable, Equatable, Codable {
    public var id: DatabaseID
    public var kind: Kind
    /// The writer while nothing has happened.
    public var primary: Site
    /// The replica that a failover promotes.
    public var standby: Site
    public var fencing: Fencing
    /// The Route 53 health check that watches the primary's endpoint, when the `route53` witness is used.
    public var healthCheckID: String?
    /// How it is asked in SQL; nil when only its connection is tried.
    public var sql: SQLAccess?

    public enum Kind: Sendable, Equatable, Codable {
        /// RDS (not Aurora) with a cross-Region read replica.
        case rdsReplica
        /// Aurora Global Database with the given global cluster identifier.
        case auroraGlobal(globalCluster: String, method: AuroraMethod)
    }

    public init(
        id: DatabaseID, kind: Kind, primary: Site, standby: Site, fencing: Fencing,
        healthCheckID: String? = nil, sql: SQLAccess? = nil
    ) {
        self.id = id
        self.kind = kind
        self.primary = primary
        self.standby = standby
        self.fencing = fencing
        self.healthCheckID = healthCheckID
        self.sql = sql
    }

    public func site(_ side: Side) -> Site { side == .primary ? primary : standby }
}

/// How an Aurora secondary becomes a writer.
public enum AuroraMethod: String, Sendable, Codable, CaseIterable {
    /// `RemoveFromGlobalCluster`: works with any engine versions; the topology must be rebuilt afterwards.
    case detach
    /// `FailoverGlobalCluster` with data loss allowed: keeps the topology, best-effort write fencing by AWS;
    /// needs the same major and minor engine version on both sides.
    case managedFailover = "managed-failover"
}

/// As configured: `primary` is where the writer is while nothing has happened. An observed role beats this.
public enum Side: String, Sendable, Codable, CaseIterable {
    case primary, standby
}

public struct Site: Sendable, Hashable, Codable {
    public var region: Region
    /// The DB instance identifier (`rdsReplica`) or the DB cluster identifier (`auroraGlobal`).
    public var identifier: String
    /// The writer endpoint of that instance or cluster. Neither promotion nor detach changes it.
    public var endpoint: Endpoint

    public init(region: Region, identifier: String, endpoint: Endpoint) {
        self.region = region
        self.identifier = identifier
        self.endpoint = endpoint
    }
}

public struct Endpoint: Sendable, Hashable, Codable, CustomStringConvertible {
    public var host: String
    /// 1...65535.
    public var port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    public var description: String { "\(host):\(port)" }
}
