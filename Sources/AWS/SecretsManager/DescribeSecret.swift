/// What is known of a secret, without its value.
public struct DescribeSecret: SecretsManagerOperation {
    public static let name = "DescribeSecret"
    public var kind: OperationKind { .read }

    /// A name or an ARN.
    public var secretId: String

    public init(secretId: String) {
        self.secretId = secretId
    }

    public func encode(into json: inout JSONMembers) {
        json.add("SecretId", secretId)
    }

    public struct Output: Sendable, Hashable {
        public var arn: String?
        public var name: String?
        public var description: String?
        public var kmsKeyId: String?
        public var rotationEnabled: Bool?
        public var rotationLambdaARN: String?
        public var lastRotatedDate: WallTime?
        public var lastChangedDate: WallTime?
        public var deletedDate: WallTime?
        public var nextRotationDate: WallTime?
        public var createdDate: WallTime?
        public var primaryRegion: String?
        public var replicationStatus: [SecretReplica] = []

        public init() {}
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var output = Output()
        output.arn = try document.text("ARN")
        output.name = try document.text("Name")
        output.description = try document.text("Description")
        output.kmsKeyId = try document.text("KmsKeyId")
        output.rotationEnabled = try document.flag("RotationEnabled")
        output.rotationLambdaARN = try document.text("RotationLambdaARN")
        output.lastRotatedDate = try document.time("LastRotatedDate")
        output.lastChangedDate = try document.time("LastChangedDate")
        output.deletedDate = try document.time("DeletedDate")
        output.nextRotationDate = try document.time("NextRotationDate")
        output.createdDate = try document.time("CreatedDate")
        output.primaryRegion = try document.text("PrimaryRegion")
        output.replicationStatus = try document.list("ReplicationStatus", SecretReplica.init)
        return output
    }
}
