/// Fails a global database over to a secondary. Ask in that secondary's Region; a switchover, in the
/// writer's.
public struct FailoverGlobalCluster: RDSOperation {
    public static let name = "FailoverGlobalCluster"
    public var kind: OperationKind { .mutation }

    public var globalClusterIdentifier: String
    /// ARN of the secondary that becomes the writer.
    public var targetDbClusterIdentifier: String
    /// True for a failover. With neither flag AWS does a switchover, which hangs or fails in an outage.
    public var allowDataLoss: Bool?
    /// Excludes `allowDataLoss`.
    public var switchover: Bool?

    public init(
        globalClusterIdentifier: String, targetDbClusterIdentifier: String, allowDataLoss: Bool? = nil,
        switchover: Bool? = nil
    ) {
        self.globalClusterIdentifier = globalClusterIdentifier
        self.targetDbClusterIdentifier = targetDbClusterIdentifier
        self.allowDataLoss = allowDataLoss
        self.switchover = switchover
    }

    public func encode(into form: inout QueryForm) {
        form.add("GlobalClusterIdentifier", globalClusterIdentifier)
        form.add("TargetDbClusterIdentifier", targetDbClusterIdentifier)
        form.add("AllowDataLoss", allowDataLoss)
        form.add("Switchover", switchover)
    }

    public typealias Output = GlobalCluster

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> GlobalCluster {
        try GlobalCluster(result.required("GlobalCluster"))
    }
}
