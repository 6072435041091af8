/// Begins a copy of a cluster's snapshot, from another Region too: the Region that is asked is the one that
/// gets it.
public struct CopyDBClusterSnapshot: RDSOperation {
    public static let name = "CopyDBClusterSnapshot"
    /// There is no token: the name makes twice an error, so describe after an ambiguous failure.
    public var kind: OperationKind { .mutation }
    public static let secretParameters: Set<String> = ["PreSignedUrl"]

    /// Its ARN when it is in another Region.
    public var sourceDBClusterSnapshotIdentifier: String
    public var targetDBClusterSnapshotIdentifier: String
    /// A key of the Region that is asked; needed for an encrypted snapshot of another Region.
    public var kmsKeyId: String?
    /// Only in GovCloud and China: the same call, signed for the Region of the source. It holds a
    /// signature.
    public var preSignedUrl: String?
    public var copyTags: Bool?
    public var tags: [RDSTag]

    public init(
        sourceDBClusterSnapshotIdentifier: String, targetDBClusterSnapshotIdentifier: String,
        kmsKeyId: String? = nil, preSignedUrl: String? = nil, copyTags: Bool? = nil, tags: [RDSTag] = []
    ) {
        self.sourceDBClusterSnapshotIdentifier = sourceDBClusterSnapshotIdentifier
        self.targetDBClusterSnapshotIdentifier = targetDBClusterSnapshotIdentifier
        self.kmsKeyId = kmsKeyId
        self.preSignedUrl = preSignedUrl
        self.copyTags = copyTags
        self.tags = tags
    }

    public func encode(into form: inout QueryForm) {
        form.add("SourceDBClusterSnapshotIdentifier", sourceDBClusterSnapshotIdentifier)
        form.add("TargetDBClusterSnapshotIdentifier", targetDBClusterSnapshotIdentifier)
        form.add("KmsKeyId", kmsKeyId)
        form.add("PreSignedUrl", preSignedUrl)
        form.add("CopyTags", copyTags)
        form.list("Tags", item: "Tag", tags) { $1.encode(into: &$0) }
    }

    public typealias Output = DBClusterSnapshot

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBClusterSnapshot {
        try DBClusterSnapshot(result.required("DBClusterSnapshot"))
    }
}
