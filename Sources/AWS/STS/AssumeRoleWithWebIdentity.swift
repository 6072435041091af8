/// Temporary credentials for a role, in exchange for a token of an identity provider. It is not signed.
public struct AssumeRoleWithWebIdentity: STSOperation {
    public static let name = "AssumeRoleWithWebIdentity"
    public var kind: OperationKind { .read }

    public var roleArn: String
    /// 2 to 64 of `[\w+=,.@-]`; it shows up in CloudTrail.
    public var roleSessionName: String
    public var webIdentityToken: String
    /// 900 to the role's maximum. Nil for AWS's 3600.
    public var durationSeconds: Int?

    public init(
        roleArn: String, roleSessionName: String, webIdentityToken: String, durationSeconds: Int? = nil
    ) {
        self.roleArn = roleArn
        self.roleSessionName = roleSessionName
        self.webIdentityToken = webIdentityToken
        self.durationSeconds = durationSeconds
    }

    public func encode(into form: inout QueryForm) {
        form.add("RoleArn", roleArn)
        form.add("RoleSessionName", roleSessionName)
        form.add("WebIdentityToken", webIdentityToken)
        form.add("DurationSeconds", durationSeconds)
    }

    public static var isSigned: Bool { false }

    /// The token is a credential.
    public static let secretParameters: Set<String> = ["WebIdentityToken"]

    public typealias Output = IssuedCredentials

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> IssuedCredentials {
        try IssuedCredentials(result)
    }
}
