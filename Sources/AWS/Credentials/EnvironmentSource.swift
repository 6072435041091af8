/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` (once `AWS_SECURITY_TOKEN`),
/// `AWS_CREDENTIAL_EXPIRATION`.
public struct EnvironmentSource: CredentialsSource {
    private let surroundings: Surroundings

    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    public func load() async throws(CredentialsError) -> Credentials? {
        guard let accessKeyID = surroundings.variable("AWS_ACCESS_KEY_ID") else { return nil }
        guard let secret = surroundings.variable("AWS_SECRET_ACCESS_KEY") else {
            throw CredentialsError(
                source: "environment", detail: "AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not",
                retryable: false)
        }
        var expiration: WallTime?
        if let text = surroundings.variable("AWS_CREDENTIAL_EXPIRATION") {
            expiration = WallTime(iso8601: text)
            if expiration == nil {
                throw CredentialsError(
                    source: "environment", detail: "AWS_CREDENTIAL_EXPIRATION is no ISO 8601 time",
                    retryable: false)
            }
        }
        let token =
            surroundings.variable("AWS_SECURITY_TOKEN") ?? surroundings.variable("AWS_SESSION_TOKEN")
        // A process keeps the environment that it was started with.
        let order = "Start it with new ones in time, or give the host a role, which renews itself"
        return Credentials(
            accessKeyID: accessKeyID, secretAccessKey: secret, sessionToken: token, expiration: expiration,
            source: "environment",
            handRenewal: token == nil && expiration == nil ? nil : HandRenewal(by: expiration, order: order))
    }
}
