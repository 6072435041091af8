/// What STS, or IAM Identity Center, hands out. Descriptions never show the secret or the token.
public struct IssuedCredentials: Sendable, Equatable {
    public var accessKeyId: String
    public var secretAccessKey: String
    public var sessionToken: String
    public var expiration: WallTime
    public var assumedRoleArn: String?

    init(accessKeyId: String, secretAccessKey: String, sessionToken: String, expiration: WallTime) {
        self.accessKeyId = accessKeyId
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }

    init(_ result: XMLElement) throws(MalformedResponse) {
        let xml = try result.required("Credentials")
        accessKeyId = try xml.requiredString("AccessKeyId")
        secretAccessKey = try xml.requiredString("SecretAccessKey")
        sessionToken = try xml.requiredString("SessionToken")
        guard let expiration = try xml.time("Expiration") else {
            throw MalformedResponse("<Credentials> has no <Expiration>")
        }
        self.expiration = expiration
        assumedRoleArn = result.child("AssumedRoleUser")?.string("Arn")
    }

    func credentials(source: String) -> Credentials {
        Credentials(
            accessKeyID: accessKeyId, secretAccessKey: secretAccessKey, sessionToken: sessionToken,
            expiration: expiration, source: source)
    }
}

extension IssuedCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { credentials(source: assumedRoleArn ?? "STS").description }
    public var debugDescription: String { description }
    public var customMirror: Mirror {
        Mirror(self, children: ["accessKeyId": accessKeyId, "expiration": expiration], displayStyle: .struct)
    }
}
