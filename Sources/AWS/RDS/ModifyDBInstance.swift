/// Changes settings of an instance. Each is set to an absolute value, so that twice is the same as once.
public struct ModifyDBInstance: RDSOperation {
    public static let name = "ModifyDBInstance"
    public var kind: OperationKind { .repeatableMutation }

    /// Its name in the Region that is asked; not an ARN.
    public var dbInstanceIdentifier: String
    /// The whole new list. Empty to leave it as it is.
    public var vpcSecurityGroupIds: [String]
    /// Nil or false waits for the maintenance window, except for what AWS always does at once.
    public var applyImmediately: Bool?
    /// Days.
    public var backupRetentionPeriod: Int?
    public var deletionProtection: Bool?

    public init(
        dbInstanceIdentifier: String, vpcSecurityGroupIds: [String] = [], applyImmediately: Bool? = nil,
        backupRetentionPeriod: Int? = nil, deletionProtection: Bool? = nil
    ) {
        self.dbInstanceIdentifier = dbInstanceIdentifier
        self.vpcSecurityGroupIds = vpcSecurityGroupIds
        self.applyImmediately = applyImmediately
        self.backupRetentionPeriod = backupRetentionPeriod
        self.deletionProtection = deletionProtection
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBInstanceIdentifier", dbInstanceIdentifier)
        form.list("VpcSecurityGroupIds", item: "VpcSecurityGroupId", vpcSecurityGroupIds)
        form.add("ApplyImmediately", applyImmediately)
        form.add("BackupRetentionPeriod", backupRetentionPeriod)
        form.add("DeletionProtection", deletionProtection)
    }

    public typealias Output = DBInstance

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBInstance {
        try DBInstance(result.required("DBInstance"))
    }
}
