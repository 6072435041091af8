/// The automated backups of an instance, or their copy in another Region.
public struct DBInstanceAutomatedBackup: Sendable, Hashable {
    public var dbInstanceIdentifier: String?
    public var dbInstanceArn: String?
    public var dbiResourceId: String?
    public var dbInstanceAutomatedBackupsArn: String?
    /// Of the instance, not of the copy.
    public var region: String?
    /// `active`, `retained`, `creating`, …
    public var status: String?
    public var restoreWindow: RestoreWindow?
    public var instanceCreateTime: WallTime?
    public var engine: String?
    public var engineVersion: String?
    /// GiB.
    public var allocatedStorage: Int?
    /// Days.
    public var backupRetentionPeriod: Int?
    public var encrypted: Bool?
    public var kmsKeyId: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        dbInstanceIdentifier = xml.string("DBInstanceIdentifier")
        dbInstanceArn = xml.string("DBInstanceArn")
        dbiResourceId = xml.string("DbiResourceId")
        dbInstanceAutomatedBackupsArn = xml.string("DBInstanceAutomatedBackupsArn")
        region = xml.string("Region")
        status = xml.string("Status")
        restoreWindow = try xml.structure("RestoreWindow", RestoreWindow.init)
        instanceCreateTime = try xml.time("InstanceCreateTime")
        engine = xml.string("Engine")
        engineVersion = xml.string("EngineVersion")
        allocatedStorage = try xml.int("AllocatedStorage")
        backupRetentionPeriod = try xml.int("BackupRetentionPeriod")
        encrypted = try xml.bool("Encrypted")
        kmsKeyId = xml.string("KmsKeyId")
    }
}
