/// A database instance, as `DescribeDBInstances` shows it. The call also returns Neptune and DocumentDB
/// instances: look at `engine`. Unknown status words stay as they come.
public struct DBInstance: Sendable, Hashable {
    /// Lower-case, can be renamed and reused.
    public var dbInstanceIdentifier = ""
    public var dbInstanceArn: String?
    /// Never changes and is never reused: the key to remember an instance by.
    public var dbiResourceId: String?
    /// `available`, `backing-up`, `modifying`, `rebooting`, … Absent while it is being created.
    public var dbInstanceStatus: String?
    public var dbInstanceClass: String?
    public var engine: String?
    public var engineVersion: String?
    /// Absent while it is being created; a promotion leaves it as it is.
    public var endpoint: DBEndpoint?
    /// Set for a member of an Aurora or Multi-AZ cluster.
    public var dbClusterIdentifier: String?
    public var availabilityZone: String?
    public var secondaryAvailabilityZone: String?
    public var multiAZ: Bool?
    public var publiclyAccessible: Bool?
    /// Set on a replica: the name of the source in the same Region, its ARN when in another one.
    public var readReplicaSourceDBInstanceIdentifier: String?
    /// Set on a replica of a Multi-AZ cluster.
    public var readReplicaSourceDBClusterIdentifier: String?
    /// Set on a source; replicas in other Regions as ARNs.
    public var readReplicaDBInstanceIdentifiers: [String] = []
    public var readReplicaDBClusterIdentifiers: [String] = []
    /// `open-read-only` or `mounted` (Oracle, Db2).
    public var replicaMode: String?
    /// The state of replication, among others.
    public var statusInfos: [DBInstanceStatusInfo] = []
    /// Days; 0 when automated backups are off, which a source of replicas may not have.
    public var backupRetentionPeriod: Int?
    public var preferredBackupWindow: String?
    public var preferredMaintenanceWindow: String?
    public var latestRestorableTime: WallTime?
    public var instanceCreateTime: WallTime?
    /// When a stopped instance will start by itself.
    public var automaticRestartTime: WallTime?
    /// The changes that wait for a maintenance window or a reboot, by name.
    public var pendingModifiedValues: [String: String] = [:]
    public var vpcSecurityGroups: [VpcSecurityGroupMembership] = []
    public var dbParameterGroups: [DBParameterGroupStatus] = []
    public var dbSubnetGroup: DBSubnetGroup?
    public var storageEncrypted: Bool?
    public var kmsKeyId: String?
    public var storageType: String?
    /// GiB.
    public var allocatedStorage: Int?
    /// GiB.
    public var maxAllocatedStorage: Int?
    public var iops: Int?
    public var caCertificateIdentifier: String?
    public var iamDatabaseAuthenticationEnabled: Bool?
    public var deletionProtection: Bool?
    public var autoMinorVersionUpgrade: Bool?
    public var promotionTier: Int?
    /// ARNs of the copies of its automated backups in other Regions.
    public var dbInstanceAutomatedBackupsReplications: [String] = []
    public var tagList: [RDSTag] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        dbInstanceIdentifier = try xml.requiredString("DBInstanceIdentifier")
        dbInstanceArn = xml.string("DBInstanceArn")
        dbiResourceId = xml.string("DbiResourceId")
        dbInstanceStatus = xml.string("DBInstanceStatus")
        dbInstanceClass = xml.string("DBInstanceClass")
        engine = xml.string("Engine")
        engineVersion = xml.string("EngineVersion")
        endpoint = try xml.structure("Endpoint", DBEndpoint.init)
        dbClusterIdentifier = xml.string("DBClusterIdentifier")
        availabilityZone = xml.string("AvailabilityZone")
        secondaryAvailabilityZone = xml.string("SecondaryAvailabilityZone")
        multiAZ = try xml.bool("MultiAZ")
        publiclyAccessible = try xml.bool("PubliclyAccessible")
        readReplicaSourceDBInstanceIdentifier = xml.string("ReadReplicaSourceDBInstanceIdentifier")
        readReplicaSourceDBClusterIdentifier = xml.string("ReadReplicaSourceDBClusterIdentifier")
        readReplicaDBInstanceIdentifiers = xml.strings(
            "ReadReplicaDBInstanceIdentifiers", item: "ReadReplicaDBInstanceIdentifier")
        readReplicaDBClusterIdentifiers = xml.strings(
            "ReadReplicaDBClusterIdentifiers", item: "ReadReplicaDBClusterIdentifier")
        replicaMode = xml.string("ReplicaMode")
        statusInfos = try xml.list("StatusInfos", item: "DBInstanceStatusInfo", DBInstanceStatusInfo.init)
        backupRetentionPeriod = try xml.int("BackupRetentionPeriod")
        preferredBackupWindow = xml.string("PreferredBackupWindow")
        preferredMaintenanceWindow = xml.string("PreferredMaintenanceWindow")
        latestRestorableTime = try xml.time("LatestRestorableTime")
        instanceCreateTime = try xml.time("InstanceCreateTime")
        automaticRestartTime = try xml.time("AutomaticRestartTime")
        pendingModifiedValues = xml.leafTexts("PendingModifiedValues")
        vpcSecurityGroups = try xml.list(
            "VpcSecurityGroups", item: "VpcSecurityGroupMembership", VpcSecurityGroupMembership.init)
        dbParameterGroups = try xml.list(
            "DBParameterGroups", item: "DBParameterGroup", DBParameterGroupStatus.init)
        dbSubnetGroup = try xml.structure("DBSubnetGroup", DBSubnetGroup.init)
        storageEncrypted = try xml.bool("StorageEncrypted")
        kmsKeyId = xml.string("KmsKeyId")
        storageType = xml.string("StorageType")
        allocatedStorage = try xml.int("AllocatedStorage")
        maxAllocatedStorage = try xml.int("MaxAllocatedStorage")
        iops = try xml.int("Iops")
        caCertificateIdentifier = xml.string("CACertificateIdentifier")
        iamDatabaseAuthenticationEnabled = try xml.bool("IAMDatabaseAuthenticationEnabled")
        deletionProtection = try xml.bool("DeletionProtection")
        autoMinorVersionUpgrade = try xml.bool("AutoMinorVersionUpgrade")
        promotionTier = try xml.int("PromotionTier")
        dbInstanceAutomatedBackupsReplications = try xml.list(
            "DBInstanceAutomatedBackupsReplications", item: "DBInstanceAutomatedBackupsReplication"
        ) { $0.string("DBInstanceAutomatedBackupsArn") ?? "" }
        tagList = try xml.list("TagList", item: "Tag", RDSTag.init)
    }
}
