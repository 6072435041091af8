/// Begins a rotation by the secret's own function.
public struct RotateSecret: SecretsManagerOperation {
    public static let name = "RotateSecret"
    /// The token makes twice the same as once.
    public var kind: OperationKind { .repeatableMutation }

    /// A name or an ARN.
    public var secretId: String
    /// 32 to 64 characters, the new version's id.
    public var clientRequestToken: String
    /// Nil for true.
    public var rotateImmediately: Bool?

    public init(secretId: String, clientRequestToken: String, rotateImmediately: Bool? = nil) {
        self.secretId = secretId
        self.clientRequestToken = clientRequestToken
        self.rotateImmediately = rotateImmediately
    }

    public func encode(into json: inout JSONMembers) {
        json.add("SecretId", secretId)
        json.add("ClientRequestToken", clientRequestToken)
        json.add("RotateImmediately", rotateImmediately)
    }

    public struct Output: Sendable, Hashable {
        public var arn: String?
        public var name: String?
        public var versionId: String?

        public init() {}
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var output = Output()
        output.arn = try document.text("ARN")
        output.name = try document.text("Name")
        output.versionId = try document.text("VersionId")
        return output
    }
}
