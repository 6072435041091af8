/// Makes a new instance of the backups of another one, or of their copy.
public struct RestoreDBInstanceToPointInTime: RDSOperation {
    public static let name = "RestoreDBInstanceToPointInTime"
    /// There is no token: the name makes twice an error, so describe after an ambiguous failure.
    public var kind: OperationKind { .mutation }

    public var targetDBInstanceIdentifier: String
    public var sourceDBInstanceIdentifier: String?
    /// Not together with `useLatestRestorableTime`.
    public var restoreTime: WallTime?
    public var useLatestRestorableTime: Bool?
    public var dbInstanceClass: String?
    public var port: Int?
    public var dbSubnetGroupName: String?
    public var multiAZ: Bool?
    public var publiclyAccessible: Bool?
    public var vpcSecurityGroupIds: [String]
    public var dbParameterGroupName: String?
    public var deletionProtection: Bool?
    public var sourceDbiResourceId: String?
    /// Of the copy, in the Region that is asked.
    public var sourceDBInstanceAutomatedBackupsArn: String?

    public init(
        targetDBInstanceIdentifier: String, sourceDBInstanceIdentifier: String? = nil,
        restoreTime: WallTime? = nil, useLatestRestorableTime: Bool? = nil, dbInstanceClass: String? = nil,
        port: Int? = nil, dbSubnetGroupName: String? = nil, multiAZ: Bool? = nil,
        publiclyAccessible: Bool? = nil, vpcSecurityGroupIds: [String] = [],
        dbParameterGroupName: String? = nil, deletionProtection: Bool? = nil,
        sourceDbiResourceId: String? = nil, sourceDBInstanceAutomatedBackupsArn: String? = nil
    ) {
        self.targetDBInstanceIdentifier = targetDBInstanceIdentifier
        self.sourceDBInstanceIdentifier = sourceDBInstanceIdentifier
        self.restoreTime = restoreTime
        self.useLatestRestorableTime = useLatestRestorableTime
        self.dbInstanceClass = dbInstanceClass
        self.port = port
        self.dbSubnetGroupName = dbSubnetGroupName
        self.multiAZ = multiAZ
        self.publiclyAccessible = publiclyAccessible
        self.vpcSecurityGroupIds = vpcSecurityGroupIds
        self.dbParameterGroupName = dbParameterGroupName
        self.deletionProtection = deletionProtection
        self.sourceDbiResourceId = sourceDbiResourceId
        self.sourceDBInstanceAutomatedBackupsArn = sourceDBInstanceAutomatedBackupsArn
    }

    public func encode(into form: inout QueryForm) {
        form.add("TargetDBInstanceIdentifier", targetDBInstanceIdentifier)
        form.add("SourceDBInstanceIdentifier", sourceDBInstanceIdentifier)
        form.add("RestoreTime", restoreTime)
        form.add("UseLatestRestorableTime", useLatestRestorableTime)
        form.add("DBInstanceClass", dbInstanceClass)
        form.add("Port", port)
        form.add("DBSubnetGroupName", dbSubnetGroupName)
        form.add("MultiAZ", multiAZ)
        form.add("PubliclyAccessible", publiclyAccessible)
        form.list("VpcSecurityGroupIds", item: "VpcSecurityGroupId", vpcSecurityGroupIds)
        form.add("DBParameterGroupName", dbParameterGroupName)
        form.add("DeletionProtection", deletionProtection)
        form.add("SourceDbiResourceId", sourceDbiResourceId)
        form.add("SourceDBInstanceAutomatedBackupsArn", sourceDBInstanceAutomatedBackupsArn)
    }

    public typealias Output = DBInstance

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBInstance {
        try DBInstance(result.required("DBInstance"))
    }
}
