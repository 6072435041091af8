/// Makes a read replica in the Region that is asked.
public struct CreateDBInstanceReadReplica: RDSOperation {
    public static let name = "CreateDBInstanceReadReplica"
    /// There is no token: the name makes twice an error, so describe after an ambiguous failure.
    public var kind: OperationKind { .mutation }
    public static let secretParameters: Set<String> = ["PreSignedUrl"]

    public var dbInstanceIdentifier: String
    /// Its ARN when it is in another Region.
    public var sourceDBInstanceIdentifier: String?
    public var dbInstanceClass: String?
    public var availabilityZone: String?
    public var port: Int?
    public var multiAZ: Bool?
    public var autoMinorVersionUpgrade: Bool?
    public var iops: Int?
    public var optionGroupName: String?
    public var dbParameterGroupName: String?
    public var publiclyAccessible: Bool?
    public var tags: [RDSTag]
    public var dbSubnetGroupName: String?
    public var vpcSecurityGroupIds: [String]
    public var storageType: String?
    public var copyTagsToSnapshot: Bool?
    /// A key of the Region that is asked; needed for an encrypted source in another Region.
    public var kmsKeyId: String?
    /// Only in GovCloud and China: the same call, signed for the Region of the source. It holds a
    /// signature.
    public var preSignedUrl: String?
    public var deletionProtection: Bool?
    /// GiB.
    public var maxAllocatedStorage: Int?

    public init(
        dbInstanceIdentifier: String, sourceDBInstanceIdentifier: String? = nil,
        dbInstanceClass: String? = nil, availabilityZone: String? = nil, port: Int? = nil,
        multiAZ: Bool? = nil, autoMinorVersionUpgrade: Bool? = nil, iops: Int? = nil,
        optionGroupName: String? = nil, dbParameterGroupName: String? = nil, publiclyAccessible: Bool? = nil,
        tags: [RDSTag] = [], dbSubnetGroupName: String? = nil, vpcSecurityGroupIds: [String] = [],
        storageType: String? = nil, copyTagsToSnapshot: Bool? = nil, kmsKeyId: String? = nil,
        preSignedUrl: String? = nil, deletionProtection: Bool? = nil, maxAllocatedStorage: Int? = nil
    ) {
        self.dbInstanceIdentifier = dbInstanceIdentifier
        self.sourceDBInstanceIdentifier = sourceDBInstanceIdentifier
        self.dbInstanceClass = dbInstanceClass
        self.availabilityZone = availabilityZone
        self.port = port
        self.multiAZ = multiAZ
        self.autoMinorVersionUpgrade = autoMinorVersionUpgrade
        self.iops = iops
        self.optionGroupName = optionGroupName
        self.dbParameterGroupName = dbParameterGroupName
        self.publiclyAccessible = publiclyAccessible
        self.tags = tags
        self.dbSubnetGroupName = dbSubnetGroupName
        self.vpcSecurityGroupIds = vpcSecurityGroupIds
        self.storageType = storageType
        self.copyTagsToSnapshot = copyTagsToSnapshot
        self.kmsKeyId = kmsKeyId
        self.preSignedUrl = preSignedUrl
        self.deletionProtection = deletionProtection
        self.maxAllocatedStorage = maxAllocatedStorage
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBInstanceIdentifier", dbInstanceIdentifier)
        form.add("SourceDBInstanceIdentifier", sourceDBInstanceIdentifier)
        form.add("DBInstanceClass", dbInstanceClass)
        form.add("AvailabilityZone", availabilityZone)
        form.add("Port", port)
        form.add("MultiAZ", multiAZ)
        form.add("AutoMinorVersionUpgrade", autoMinorVersionUpgrade)
        form.add("Iops", iops)
        form.add("OptionGroupName", optionGroupName)
        form.add("DBParameterGroupName", dbParameterGroupName)
        form.add("PubliclyAccessible", publiclyAccessible)
        form.list("Tags", item: "Tag", tags) { $1.encode(into: &$0) }
        form.add("DBSubnetGroupName", dbSubnetGroupName)
        form.list("VpcSecurityGroupIds", item: "VpcSecurityGroupId", vpcSecurityGroupIds)
        form.add("StorageType", storageType)
        form.add("CopyTagsToSnapshot", copyTagsToSnapshot)
        form.add("KmsKeyId", kmsKeyId)
        form.add("PreSignedUrl", preSignedUrl)
        form.add("DeletionProtection", deletionProtection)
        form.add("MaxAllocatedStorage", maxAllocatedStorage)
    }

    public typealias Output = DBInstance

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBInstance {
        try DBInstance(result.required("DBInstance"))
    }
}
