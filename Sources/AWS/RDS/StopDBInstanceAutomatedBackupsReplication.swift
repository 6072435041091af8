/// Ends the copying of automated backups into the Region that is asked.
public struct StopDBInstanceAutomatedBackupsReplication: RDSOperation {
    public static let name = "StopDBInstanceAutomatedBackupsReplication"
    /// Twice is an error: describe after an ambiguous failure.
    public var kind: OperationKind { .mutation }

    public var sourceDBInstanceArn: String

    public init(sourceDBInstanceArn: String) {
        self.sourceDBInstanceArn = sourceDBInstanceArn
    }

    public func encode(into form: inout QueryForm) {
        form.add("SourceDBInstanceArn", sourceDBInstanceArn)
    }

    public typealias Output = DBInstanceAutomatedBackup

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBInstanceAutomatedBackup {
        try DBInstanceAutomatedBackup(result.required("DBInstanceAutomatedBackup"))
    }
}
