/// Detaches a secondary, which becomes a cluster of its own and writable. Ask in the secondary's own Region.
/// The former writer is neither told nor fenced.
public struct RemoveFromGlobalCluster: RDSOperation {
    public static let name = "RemoveFromGlobalCluster"
    public var kind: OperationKind { .mutation }

    public var globalClusterIdentifier: String
    /// Its ARN.
    public var dbClusterIdentifier: String

    public init(globalClusterIdentifier: String, dbClusterIdentifier: String) {
        self.globalClusterIdentifier = globalClusterIdentifier
        self.dbClusterIdentifier = dbClusterIdentifier
    }

    public func encode(into form: inout QueryForm) {
        form.add("GlobalClusterIdentifier", globalClusterIdentifier)
        form.add("DbClusterIdentifier", dbClusterIdentifier)
    }

    public typealias Output = GlobalCluster

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> GlobalCluster {
        try GlobalCluster(result.required("GlobalCluster"))
    }
}
