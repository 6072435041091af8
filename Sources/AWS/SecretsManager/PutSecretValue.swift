/// Gives a secret a new version.
public struct PutSecretValue: SecretsManagerOperation {
    public static let name = "PutSecretValue"
    /// The token makes twice the same as once.
    public var kind: OperationKind { .repeatableMutation }
    public static let secretParameters: Set<String> = ["SecretString"]

    /// A name or an ARN.
    public var secretId: String
    /// 32 to 64 characters, the new version's id.
    public var clientRequestToken: String
    /// Up to 65,536 bytes.
    public var secretString: String
    /// Empty for `AWSCURRENT`.
    public var versionStages: [String]

    public init(
        secretId: String, clientRequestToken: String, secretString: String, versionStages: [String] = []
    ) {
        self.secretId = secretId
        self.clientRequestToken = clientRequestToken
        self.secretString = secretString
        self.versionStages = versionStages
    }

    public func encode(into json: inout JSONMembers) {
        json.add("SecretId", secretId)
        json.add("ClientRequestToken", clientRequestToken)
        json.add("SecretString", secretString)
        json.list("VersionStages", versionStages)
    }

    public struct Output: Sendable, Hashable {
        public var arn: String?
        public var name: String?
        public var versionId: String?
        public var versionStages: [String] = []

        public init() {}
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var output = Output()
        output.arn = try document.text("ARN")
        output.name = try document.text("Name")
        output.versionId = try document.text("VersionId")
        output.versionStages = try document.strings("VersionStages")
        return output
    }
}
