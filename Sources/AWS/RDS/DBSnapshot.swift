/// A snapshot of an instance.
public struct DBSnapshot: Sendable, Hashable {
    public var dbSnapshotIdentifier: String?
    public var dbSnapshotArn: String?
    public var dbInstanceIdentifier: String?
    public var dbiResourceId: String?
    /// `manual`, `automated`, `shared`, `awsbackup`.
    public var snapshotType: String?
    /// `creating`, `available`, `copying`, `failed`, …
    public var status: String?
    /// 0 to 100.
    public var percentProgress: Int?
    public var snapshotCreateTime: WallTime?
    /// Of the first one that this is a copy of.
    public var originalSnapshotCreateTime: WallTime?
    public var engine: String?
    public var engineVersion: String?
    /// GiB.
    public var allocatedStorage: Int?
    public var storageType: String?
    public var encrypted: Bool?
    public var kmsKeyId: String?
    /// Of a copy: where it was copied from.
    public var sourceRegion: String?
    public var sourceDBSnapshotIdentifier: String?
    public var availabilityZone: String?
    public var vpcId: String?
    public var port: Int?
    /// Up to when the data goes.
    public var snapshotDatabaseTime: WallTime?
    public var tagList: [RDSTag] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        dbSnapshotIdentifier = xml.string("DBSnapshotIdentifier")
        dbSnapshotArn = xml.string("DBSnapshotArn")
        dbInstanceIdentifier = xml.string("DBInstanceIdentifier")
        dbiResourceId = xml.string("DbiResourceId")
        snapshotType = xml.string("SnapshotType")
        status = xml.string("Status")
        percentProgress = try xml.int("PercentProgress")
        snapshotCreateTime = try xml.time("SnapshotCreateTime")
        originalSnapshotCreateTime = try xml.time("OriginalSnapshotCreateTime")
        engine = xml.string("Engine")
        engineVersion = xml.string("EngineVersion")
        allocatedStorage = try xml.int("AllocatedStorage")
        storageType = xml.string("StorageType")
        encrypted = try xml.bool("Encrypted")
        kmsKeyId = xml.string("KmsKeyId")
        sourceRegion = xml.string("SourceRegion")
        sourceDBSnapshotIdentifier = xml.string("SourceDBSnapshotIdentifier")
        availabilityZone = xml.string("AvailabilityZone")
        vpcId = xml.string("VpcId")
        port = try xml.int("Port")
        snapshotDatabaseTime = try xml.time("SnapshotDatabaseTime")
        tagList = try xml.list("TagList", item: "Tag", RDSTag.init)
    }
}
