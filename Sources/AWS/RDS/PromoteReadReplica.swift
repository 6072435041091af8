/// Makes a read replica an instance of its own. It cannot be undone, and the former source is neither told
/// nor fenced. The answer still says `modifying` and names the source: only describing shows the end.
public struct PromoteReadReplica: RDSOperation {
    public static let name = "PromoteReadReplica"
    public var kind: OperationKind { .mutation }

    /// Its name in the Region that is asked; not an ARN.
    public var dbInstanceIdentifier: String
    /// Days, 0 to 35. Nil for AWS's 1.
    public var backupRetentionPeriod: Int?
    /// `hh:mm-hh:mm` in UTC.
    public var preferredBackupWindow: String?

    public init(
        dbInstanceIdentifier: String, backupRetentionPeriod: Int? = nil, preferredBackupWindow: String? = nil
    ) {
        self.dbInstanceIdentifier = dbInstanceIdentifier
        self.backupRetentionPeriod = backupRetentionPeriod
        self.preferredBackupWindow = preferredBackupWindow
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBInstanceIdentifier", dbInstanceIdentifier)
        form.add("BackupRetentionPeriod", backupRetentionPeriod)
        form.add("PreferredBackupWindow", preferredBackupWindow)
    }

    public typealias Output = DBInstance

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBInstance {
        try DBInstance(result.required("DBInstance"))
    }
}
