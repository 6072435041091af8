/// Swaps the roles of writer and secondary of a healthy global database, without loss. Ask in the writer's
/// Region.
public struct SwitchoverGlobalCluster: RDSOperation {
    public static let name = "SwitchoverGlobalCluster"
    public var kind: OperationKind { .mutation }

    public var globalClusterIdentifier: String
    /// ARN of the secondary that becomes the writer.
    public var targetDbClusterIdentifier: String

    public init(globalClusterIdentifier: String, targetDbClusterIdentifier: String) {
        self.globalClusterIdentifier = globalClusterIdentifier
        self.targetDbClusterIdentifier = targetDbClusterIdentifier
    }

    public func encode(into form: inout QueryForm) {
        form.add("GlobalClusterIdentifier", globalClusterIdentifier)
        form.add("TargetDbClusterIdentifier", targetDbClusterIdentifier)
    }

    public typealias Output = GlobalCluster

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> GlobalCluster {
        try GlobalCluster(result.required("GlobalCluster"))
    }
}
