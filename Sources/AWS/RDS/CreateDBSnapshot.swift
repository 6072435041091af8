/// Begins a snapshot of an instance.
public struct CreateDBSnapshot: RDSOperation {
    public static let name = "CreateDBSnapshot"
    /// There is no token: the name makes twice an error, so describe after an ambiguous failure.
    public var kind: OperationKind { .mutation }

    public var dbSnapshotIdentifier: String
    public var dbInstanceIdentifier: String
    public var tags: [RDSTag]

    public init(dbSnapshotIdentifier: String, dbInstanceIdentifier: String, tags: [RDSTag] = []) {
        self.dbSnapshotIdentifier = dbSnapshotIdentifier
        self.dbInstanceIdentifier = dbInstanceIdentifier
        self.tags = tags
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBSnapshotIdentifier", dbSnapshotIdentifier)
        form.add("DBInstanceIdentifier", dbInstanceIdentifier)
        form.list("Tags", item: "Tag", tags) { $1.encode(into: &$0) }
    }

    public typealias Output = DBSnapshot

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBSnapshot {
        try DBSnapshot(result.required("DBSnapshot"))
    }
}
