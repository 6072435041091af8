/// An Aurora or Multi-AZ cluster, as `DescribeDBClusters` shows it. Unknown status words stay as they come.
public struct DBCluster: Sendable, Hashable {
    public var dbClusterIdentifier = ""
    public var dbClusterArn: String?
    /// Never changes and is never reused.
    public var dbClusterResourceId: String?
    /// `available`, `failing-over`, `promoting`, `modifying`, …
    public var status: String?
    public var engine: String?
    public var engineVersion: String?
    public var engineMode: String?
    /// The writer; inactive while the cluster is a secondary of a global one.
    public var endpoint: String?
    public var readerEndpoint: String?
    public var customEndpoints: [String] = []
    public var port: Int?
    public var hostedZoneId: String?
    public var multiAZ: Bool?
    public var databaseName: String?
    public var availabilityZones: [String] = []
    public var dbClusterMembers: [DBClusterMember] = []
    public var dbClusterParameterGroup: String?
    /// Its name.
    public var dbSubnetGroup: String?
    /// ARN of the source of binlog or Multi-AZ cluster replication. Aurora global databases do not use it.
    public var replicationSourceIdentifier: String?
    public var readReplicaIdentifiers: [String] = []
    public var globalClusterIdentifier: String?
    public var globalWriteForwardingStatus: String?
    public var globalWriteForwardingRequested: Bool?
    public var statusInfos: [DBClusterStatusInfo] = []
    public var vpcSecurityGroups: [VpcSecurityGroupMembership] = []
    public var storageEncrypted: Bool?
    public var kmsKeyId: String?
    public var storageType: String?
    /// Days.
    public var backupRetentionPeriod: Int?
    public var preferredBackupWindow: String?
    public var earliestRestorableTime: WallTime?
    public var latestRestorableTime: WallTime?
    public var clusterCreateTime: WallTime?
    public var automaticRestartTime: WallTime?
    public var pendingModifiedValues: [String: String] = [:]
    public var deletionProtection: Bool?
    public var iamDatabaseAuthenticationEnabled: Bool?
    public var tagList: [RDSTag] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        dbClusterIdentifier = try xml.requiredString("DBClusterIdentifier")
        dbClusterArn = xml.string("DBClusterArn")
        dbClusterResourceId = xml.string("DbClusterResourceId")
        status = xml.string("Status")
        engine = xml.string("Engine")
        engineVersion = xml.string("EngineVersion")
        engineMode = xml.string("EngineMode")
        endpoint = xml.string("Endpoint")
        readerEndpoint = xml.string("ReaderEndpoint")
        customEndpoints = xml.strings("CustomEndpoints", item: "member")
        port = try xml.int("Port")
        hostedZoneId = xml.string("HostedZoneId")
        multiAZ = try xml.bool("MultiAZ")
        databaseName = xml.string("DatabaseName")
        availabilityZones = xml.strings("AvailabilityZones", item: "AvailabilityZone")
        dbClusterMembers = try xml.list("DBClusterMembers", item: "DBClusterMember", DBClusterMember.init)
        dbClusterParameterGroup = xml.string("DBClusterParameterGroup")
        dbSubnetGroup = xml.string("DBSubnetGroup")
        replicationSourceIdentifier = xml.string("ReplicationSourceIdentifier")
        readReplicaIdentifiers = xml.strings("ReadReplicaIdentifiers", item: "ReadReplicaIdentifier")
        globalClusterIdentifier = xml.string("GlobalClusterIdentifier")
        globalWriteForwardingStatus = xml.string("GlobalWriteForwardingStatus")
        globalWriteForwardingRequested = try xml.bool("GlobalWriteForwardingRequested")
        statusInfos = try xml.list("StatusInfos", item: "DBClusterStatusInfo", DBClusterStatusInfo.init)
        vpcSecurityGroups = try xml.list(
            "VpcSecurityGroups", item: "VpcSecurityGroupMembership", VpcSecurityGroupMembership.init)
        storageEncrypted = try xml.bool("StorageEncrypted")
        kmsKeyId = xml.string("KmsKeyId")
        storageType = xml.string("StorageType")
        backupRetentionPeriod = try xml.int("BackupRetentionPeriod")
        preferredBackupWindow = xml.string("PreferredBackupWindow")
        earliestRestorableTime = try xml.time("EarliestRestorableTime")
        latestRestorableTime = try xml.time("LatestRestorableTime")
        clusterCreateTime = try xml.time("ClusterCreateTime")
        automaticRestartTime = try xml.time("AutomaticRestartTime")
        pendingModifiedValues = xml.leafTexts("PendingModifiedValues")
        deletionProtection = try xml.bool("DeletionProtection")
        iamDatabaseAuthenticationEnabled = try xml.bool("IAMDatabaseAuthenticationEnabled")
        tagList = try xml.list("TagList", item: "Tag", RDSTag.init)
    }
}
