/// Temporary credentials for a role.
public struct AssumeRole: STSOperation {
    public static let name = "AssumeRole"
    public var kind: OperationKind { .read }

    public var roleArn: String
    /// 2 to 64 of `[\w+=,.@-]`; it shows up in CloudTrail.
    public var roleSessionName: String
    /// 900 to the role's maximum. Nil for AWS's 3600.
    public var durationSeconds: Int?
    public var externalId: String?
    /// A session policy, which can only take rights away.
    public var policy: String?

    public init(
        roleArn: String, roleSessionName: String, durationSeconds: Int? = nil, externalId: String? = nil,
        policy: String? = nil
    ) {
        self.roleArn = roleArn
        self.roleSessionName = roleSessionName
        self.durationSeconds = durationSeconds
        self.externalId = externalId
        self.policy = policy
    }

    public func encode(into form: inout QueryForm) {
        form.add("RoleArn", roleArn)
        form.add("RoleSessionName", roleSessionName)
        form.add("Policy", policy)
        form.add("DurationSeconds", durationSeconds)
        form.add("ExternalId", externalId)
    }

    public typealias Output = IssuedCredentials

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> IssuedCredentials {
        try IssuedCredentials(result)
    }
}
