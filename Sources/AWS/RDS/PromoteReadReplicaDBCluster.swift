/// Makes a replica cluster a cluster of its own. It cannot be undone, and the former source is not fenced.
public struct PromoteReadReplicaDBCluster: RDSOperation {
    public static let name = "PromoteReadReplicaDBCluster"
    public var kind: OperationKind { .mutation }

    public var dbClusterIdentifier: String

    public init(dbClusterIdentifier: String) {
        self.dbClusterIdentifier = dbClusterIdentifier
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBClusterIdentifier", dbClusterIdentifier)
    }

    public typealias Output = DBCluster

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBCluster {
        try DBCluster(result.required("DBCluster"))
    }
}
