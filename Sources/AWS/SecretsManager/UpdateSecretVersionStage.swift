/// Moves a label, such as `AWSCURRENT`, from one version of a secret to another.
public struct UpdateSecretVersionStage: SecretsManagerOperation {
    public static let name = "UpdateSecretVersionStage"
    /// A label that is not where it is taken from is an error the second time.
    public var kind: OperationKind { .mutation }

    /// A name or an ARN.
    public var secretId: String
    public var versionStage: String
    public var removeFromVersionId: String?
    public var moveToVersionId: String?

    public init(
        secretId: String, versionStage: String, removeFromVersionId: String? = nil,
        moveToVersionId: String? = nil
    ) {
        self.secretId = secretId
        self.versionStage = versionStage
        self.removeFromVersionId = removeFromVersionId
        self.moveToVersionId = moveToVersionId
    }

    public func encode(into json: inout JSONMembers) {
        json.add("SecretId", secretId)
        json.add("VersionStage", versionStage)
        json.add("RemoveFromVersionId", removeFromVersionId)
        json.add("MoveToVersionId", moveToVersionId)
    }

    public struct Output: Sendable, Hashable {
        public var arn: String?
        public var name: String?

        public init() {}
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var output = Output()
        output.arn = try document.text("ARN")
        output.name = try document.text("Name")
        return output
    }
}
