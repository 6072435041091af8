/// What makes clients follow the writer.
public enum TrafficLever: Sendable, Hashable, Codable {
    case route53Record(RecordLever)
    case route53HealthCheck(HealthCheckLever)

    /// The name that clients resolve.
    public var recordName: String {
        switch self {
        case .route53Record(let lever): lever.name
        case .route53HealthCheck(let lever): lever.name
        }
    }

    public var database: DatabaseID {
        switch self {
        case .route53Record(let lever): lever.database
        case .route53HealthCheck(let lever): lever.database
        }
    }
}

/// A record whose value is changed from the old writer's host to the new one's. It needs Route 53's control
/// plane, which lives in us-east-1 (partition `aws`): not a lever for a workload whose primary Region that
/// is.
public struct RecordLever: Sendable, Hashable, Codable {
    public var database: DatabaseID
    public var zoneID: String
    /// Fully qualified, without the final dot.
    public var name: String
    /// The record's type; only `CNAME` can hold a database endpoint's name.
    public var type: String
    public var setIdentifier: String?

    public init(
        database: DatabaseID, zoneID: String, name: String, type: String = "CNAME",
        setIdentifier: String? = nil
    ) {
        self.database = database
        self.zoneID = zoneID
        self.name = name
        self.type = type
        self.setIdentifier = setIdentifier
    }
}

/// Failover records stand ready, and the PRIMARY's health check watches a CloudWatch alarm in the standby
/// Region. Putting `1` on that alarm's metric moves the answer to the SECONDARY through data planes only.
public struct HealthCheckLever: Sendable, Hashable, Codable {
    public var database: DatabaseID
    public var name: String
    public var healthCheckID: String
    public var region: Region
    public var namespace: String
    public var metric: String
    public var dimensions: [String: String]

    public init(
        database: DatabaseID, name: String, healthCheckID: String, region: Region, namespace: String,
        metric: String, dimensions: [String: String]
    ) {
        self.database = database
        self.name = name
        self.healthCheckID = healthCheckID
        self.region = region
        self.namespace = namespace
        self.metric = metric
        self.dimensions = dimensions
    }
}
