/// `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN`, as Kubernetes service accounts have them.
public struct WebIdentitySource: CredentialsSource {
    private let issuing: CredentialsIssuing

    public init(_ issuing: CredentialsIssuing) {
        self.issuing = issuing
    }

    public func load() async throws(CredentialsError) -> Credentials? {
        let surroundings = issuing.surroundings
        guard let file = surroundings.variable("AWS_WEB_IDENTITY_TOKEN_FILE") else { return nil }
        guard let role = surroundings.variable("AWS_ROLE_ARN") else {
            throw CredentialsError(
                source: "web identity", detail: "AWS_WEB_IDENTITY_TOKEN_FILE is set, AWS_ROLE_ARN is not",
                retryable: false)
        }
        let request = RoleRequest(
            roleARN: role, sessionName: surroundings.variable("AWS_ROLE_SESSION_NAME"), source: "web identity"
        )
        return try await issuing.assume(request, tokenFile: file)
    }
}
