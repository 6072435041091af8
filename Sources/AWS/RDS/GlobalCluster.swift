/// An Aurora global database. DocumentDB and Neptune share the call: look at `engine`.
public struct GlobalCluster: Sendable, Hashable {
    public var globalClusterIdentifier = ""
    public var globalClusterResourceId: String?
    public var globalClusterArn: String?
    /// `available`, `failing-over`, `switching-over`, …
    public var status: String?
    public var engine: String?
    public var engineVersion: String?
    public var databaseName: String?
    public var storageEncrypted: Bool?
    public var deletionProtection: Bool?
    /// The global writer endpoint. It follows a switchover and a managed failover, not a detach.
    public var endpoint: String?
    /// On the wire, the list of global clusters and this list use the same element name at two depths.
    public var globalClusterMembers: [GlobalClusterMember] = []
    /// Empty, rather than absent, when nothing is going on.
    public var failoverState: GlobalFailoverState?
    public var tagList: [RDSTag] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        globalClusterIdentifier = try xml.requiredString("GlobalClusterIdentifier")
        globalClusterResourceId = xml.string("GlobalClusterResourceId")
        globalClusterArn = xml.string("GlobalClusterArn")
        status = xml.string("Status")
        engine = xml.string("Engine")
        engineVersion = xml.string("EngineVersion")
        databaseName = xml.string("DatabaseName")
        storageEncrypted = try xml.bool("StorageEncrypted")
        deletionProtection = try xml.bool("DeletionProtection")
        endpoint = xml.string("Endpoint")
        globalClusterMembers = try xml.list(
            "GlobalClusterMembers", item: "GlobalClusterMember", GlobalClusterMember.init)
        failoverState = try xml.structure("FailoverState", GlobalFailoverState.init)
        tagList = try xml.list("TagList", item: "Tag", RDSTag.init)
    }
}
