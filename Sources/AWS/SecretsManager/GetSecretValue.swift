/// A secret's value.
public struct GetSecretValue: SecretsManagerOperation {
    public static let name = "GetSecretValue"
    public var kind: OperationKind { .read }

    /// A name or an ARN.
    public var secretId: String
    public var versionId: String?
    /// Nil for `AWSCURRENT`.
    public var versionStage: String?

    public init(secretId: String, versionId: String? = nil, versionStage: String? = nil) {
        self.secretId = secretId
        self.versionId = versionId
        self.versionStage = versionStage
    }

    public func encode(into json: inout JSONMembers) {
        json.add("SecretId", secretId)
        json.add("VersionId", versionId)
        json.add("VersionStage", versionStage)
    }

    public typealias Output = SecretValue

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> SecretValue {
        try SecretValue(document)
    }
}
