/// Begins a copy of a snapshot, from another Region too: the Region that is asked is the one that gets it.
public struct CopyDBSnapshot: RDSOperation {
    public static let name = "CopyDBSnapshot"
    /// There is no token: the name makes twice an error, so describe after an ambiguous failure.
    public var kind: OperationKind { .mutation }
    public static let secretParameters: Set<String> = ["PreSignedUrl"]

    /// Its ARN when it is in another Region.
    public var sourceDBSnapshotIdentifier: String
    public var targetDBSnapshotIdentifier: String
    /// A key of the Region that is asked; needed for an encrypted snapshot of another Region.
    public var kmsKeyId: String?
    public var tags: [RDSTag]
    public var copyTags: Bool?
    /// Only in GovCloud and China: the same call, signed for the Region of the source. It holds a
    /// signature.
    public var preSignedUrl: String?
    public var optionGroupName: String?

    public init(
        sourceDBSnapshotIdentifier: String, targetDBSnapshotIdentifier: String, kmsKeyId: String? = nil,
        tags: [RDSTag] = [], copyTags: Bool? = nil, preSignedUrl: String? = nil,
        optionGroupName: String? = nil
    ) {
        self.sourceDBSnapshotIdentifier = sourceDBSnapshotIdentifier
        self.targetDBSnapshotIdentifier = targetDBSnapshotIdentifier
        self.kmsKeyId = kmsKeyId
        self.tags = tags
        self.copyTags = copyTags
        self.preSignedUrl = preSignedUrl
        self.optionGroupName = optionGroupName
    }

    public func encode(into form: inout QueryForm) {
        form.add("SourceDBSnapshotIdentifier", sourceDBSnapshotIdentifier)
        form.add("TargetDBSnapshotIdentifier", targetDBSnapshotIdentifier)
        form.add("KmsKeyId", kmsKeyId)
        form.list("Tags", item: "Tag", tags) { $1.encode(into: &$0) }
        form.add("CopyTags", copyTags)
        form.add("PreSignedUrl", preSignedUrl)
        form.add("OptionGroupName", optionGroupName)
    }

    public typealias Output = DBSnapshot

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBSnapshot {
        try DBSnapshot(result.required("DBSnapshot"))
    }
}
