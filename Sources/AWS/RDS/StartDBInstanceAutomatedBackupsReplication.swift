/// Has automated backups copied into the Region that is asked.
public struct StartDBInstanceAutomatedBackupsReplication: RDSOperation {
    public static let name = "StartDBInstanceAutomatedBackupsReplication"
    /// Twice is an error: describe after an ambiguous failure.
    public var kind: OperationKind { .mutation }
    public static let secretParameters: Set<String> = ["PreSignedUrl"]

    public var sourceDBInstanceArn: String
    /// Days, 1 to 35. Nil for AWS's 7.
    public var backupRetentionPeriod: Int?
    /// A key of the Region that is asked; needed for an encrypted instance.
    public var kmsKeyId: String?
    /// Only in GovCloud and China: the same call, signed for the Region of the source. It holds a
    /// signature.
    public var preSignedUrl: String?

    public init(
        sourceDBInstanceArn: String, backupRetentionPeriod: Int? = nil, kmsKeyId: String? = nil,
        preSignedUrl: String? = nil
    ) {
        self.sourceDBInstanceArn = sourceDBInstanceArn
        self.backupRetentionPeriod = backupRetentionPeriod
        self.kmsKeyId = kmsKeyId
        self.preSignedUrl = preSignedUrl
    }

    public func encode(into form: inout QueryForm) {
        form.add("SourceDBInstanceArn", sourceDBInstanceArn)
        form.add("BackupRetentionPeriod", backupRetentionPeriod)
        form.add("KmsKeyId", kmsKeyId)
        form.add("PreSignedUrl", preSignedUrl)
    }

    public typealias Output = DBInstanceAutomatedBackup

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBInstanceAutomatedBackup {
        try DBInstanceAutomatedBackup(result.required("DBInstanceAutomatedBackup"))
    }
}
