/// A record set with every member that AWS's model knows: what was read can be deleted, which wants all of it
/// to match.
public struct ResourceRecordSet: Sendable, Hashable {
    /// With the dot at the end; other characters than letters, digits, `-` and `_` as `\ooo`.
    public var name: String
    public var type: String
    /// Tells apart the sets of one name and type, 1 to 128 characters.
    public var setIdentifier: String?
    /// 0 to 255.
    public var weight: Int?
    /// For latency.
    public var region: String?
    public var geoLocation: GeoLocation?
    /// `PRIMARY` or `SECONDARY`.
    public var failover: String?
    public var multiValueAnswer: Bool?
    /// Seconds. Nil for an alias.
    public var ttl: Int?
    public var resourceRecords: [ResourceRecord]
    public var aliasTarget: AliasTarget?
    public var healthCheckId: String?
    public var trafficPolicyInstanceId: String?
    public var cidrRoutingConfig: CIDRRoutingConfig?
    public var geoProximityLocation: GeoProximityLocation?
    /// Names of elements that came and are not known here: a delete of such a set would be refused.
    public var unknownElements: [String] = []

    public init(
        name: String, type: String, setIdentifier: String? = nil, weight: Int? = nil, region: String? = nil,
        geoLocation: GeoLocation? = nil, failover: String? = nil, multiValueAnswer: Bool? = nil,
        ttl: Int? = nil, resourceRecords: [ResourceRecord] = [], aliasTarget: AliasTarget? = nil,
        healthCheckId: String? = nil, trafficPolicyInstanceId: String? = nil,
        cidrRoutingConfig: CIDRRoutingConfig? = nil, geoProximityLocation: GeoProximityLocation? = nil
    ) {
        self.name = name
        self.type = type
        self.setIdentifier = setIdentifier
        self.weight = weight
        self.region = region
        self.geoLocation = geoLocation
        self.failover = failover
        self.multiValueAnswer = multiValueAnswer
        self.ttl = ttl
        self.resourceRecords = resourceRecords
        self.aliasTarget = aliasTarget
        self.healthCheckId = healthCheckId
        self.trafficPolicyInstanceId = trafficPolicyInstanceId
        self.cidrRoutingConfig = cidrRoutingConfig
        self.geoProximityLocation = geoProximityLocation
    }
}
