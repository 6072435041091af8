/// A snapshot of a cluster.
public struct DBClusterSnapshot: Sendable, Hashable {
    public var dbClusterSnapshotIdentifier: String?
    public var dbClusterSnapshotArn: String?
    public var dbClusterIdentifier: String?
    public var dbClusterResourceId: String?
    /// `manual`, `automated`, `shared`, `awsbackup`.
    public var snapshotType: String?
    /// `creating`, `available`, `copying`, `failed`, …
    public var status: String?
    /// 0 to 100.
    public var percentProgress: Int?
    public var snapshotCreateTime: WallTime?
    public var engine: String?
    public var engineVersion: String?
    /// GiB.
    public var allocatedStorage: Int?
    public var storageEncrypted: Bool?
    public var kmsKeyId: String?
    public var sourceDBClusterSnapshotArn: String?
    public var vpcId: String?
    public var port: Int?
    public var tagList: [RDSTag] = []

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        dbClusterSnapshotIdentifier = xml.string("DBClusterSnapshotIdentifier")
        dbClusterSnapshotArn = xml.string("DBClusterSnapshotArn")
        dbClusterIdentifier = xml.string("DBClusterIdentifier")
        dbClusterResourceId = xml.string("DbClusterResourceId")
        snapshotType = xml.string("SnapshotType")
        status = xml.string("Status")
        percentProgress = try xml.int("PercentProgress")
        snapshotCreateTime = try xml.time("SnapshotCreateTime")
        engine = xml.string("Engine")
        engineVersion = xml.string("EngineVersion")
        allocatedStorage = try xml.int("AllocatedStorage")
        storageEncrypted = try xml.bool("StorageEncrypted")
        kmsKeyId = xml.string("KmsKeyId")
        sourceDBClusterSnapshotArn = xml.string("SourceDBClusterSnapshotArn")
        vpcId = xml.string("VpcId")
        port = try xml.int("Port")
        tagList = try xml.list("TagList", item: "Tag", RDSTag.init)
    }
}
