/// Changes settings of a cluster. Each is set to an absolute value, so that twice is the same as once.
public struct ModifyDBCluster: RDSOperation {
    public static let name = "ModifyDBCluster"
    public var kind: OperationKind { .repeatableMutation }

    public var dbClusterIdentifier: String
    /// The whole new list. Empty to leave it as it is.
    public var vpcSecurityGroupIds: [String]
    public var applyImmediately: Bool?
    /// Days.
    public var backupRetentionPeriod: Int?
    public var deletionProtection: Bool?

    public init(
        dbClusterIdentifier: String, vpcSecurityGroupIds: [String] = [], applyImmediately: Bool? = nil,
        backupRetentionPeriod: Int? = nil, deletionProtection: Bool? = nil
    ) {
        self.dbClusterIdentifier = dbClusterIdentifier
        self.vpcSecurityGroupIds = vpcSecurityGroupIds
        self.applyImmediately = applyImmediately
        self.backupRetentionPeriod = backupRetentionPeriod
        self.deletionProtection = deletionProtection
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBClusterIdentifier", dbClusterIdentifier)
        form.add("ApplyImmediately", applyImmediately)
        form.add("BackupRetentionPeriod", backupRetentionPeriod)
        form.list("VpcSecurityGroupIds", item: "VpcSecurityGroupId", vpcSecurityGroupIds)
        form.add("DeletionProtection", deletionProtection)
    }

    public typealias Output = DBCluster

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBCluster {
        try DBCluster(result.required("DBCluster"))
    }
}
