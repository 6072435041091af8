/// Begins a snapshot of a cluster.
public struct CreateDBClusterSnapshot: RDSOperation {
    public static let name = "CreateDBClusterSnapshot"
    /// There is no token: the name makes twice an error, so describe after an ambiguous failure.
    public var kind: OperationKind { .mutation }

    public var dbClusterSnapshotIdentifier: String
    public var dbClusterIdentifier: String
    public var tags: [RDSTag]

    public init(dbClusterSnapshotIdentifier: String, dbClusterIdentifier: String, tags: [RDSTag] = []) {
        self.dbClusterSnapshotIdentifier = dbClusterSnapshotIdentifier
        self.dbClusterIdentifier = dbClusterIdentifier
        self.tags = tags
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBClusterSnapshotIdentifier", dbClusterSnapshotIdentifier)
        form.add("DBClusterIdentifier", dbClusterIdentifier)
        form.list("Tags", item: "Tag", tags) { $1.encode(into: &$0) }
    }

    public typealias Output = DBClusterSnapshot

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBClusterSnapshot {
        try DBClusterSnapshot(result.required("DBClusterSnapshot"))
    }
}
