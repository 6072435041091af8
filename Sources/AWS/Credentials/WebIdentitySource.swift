/// A token file of an identity provider and a role, from the environment (as Kubernetes service accounts have
/// them) or a profile.
struct WebIdentitySource: CredentialsSource {
    private let issuing: CredentialsIssuing
    private let profile: Profile
    private let usesEnvironment: Bool

    init(_ issuing: CredentialsIssuing, profile: Profile, usesEnvironment: Bool) {
        self.issuing = issuing
        self.profile = profile
        self.usesEnvironment = usesEnvironment
    }

    func load() async throws(CredentialsError) -> Credentials? {
        guard let file = setting("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else { return nil }
        guard let role = setting("AWS_ROLE_ARN", "role_arn") else {
            throw CredentialsError(
                source: "web identity",
                detail: "there is a token file, but neither AWS_ROLE_ARN nor the profile's role_arn",
                retryable: false)
        }
        let request = RoleRequest(
            roleARN: role, sessionName: setting("AWS_ROLE_SESSION_NAME", "role_session_name"),
            source: "web identity")
        return try await issuing.assume(request, tokenFile: file)
    }

    /// Each by itself: what the environment leaves open, the profile may say.
    private func setting(_ variable: String, _ key: String) -> String? {
        (usesEnvironment ? issuing.surroundings.variable(variable) : nil) ?? profile.value(key)
    }
}
