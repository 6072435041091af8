/// A profile of the shared files: keys, or a role to assume from another profile or source, along a chain.
struct ProfileSource: CredentialsSource {
    let name: String
    /// Whether a missing profile is an error, because somebody asked for it by name.
    let isRequired: Bool
    let profiles: ProfileStore
    let issuing: CredentialsIssuing

    /// A chain of roles longer than this is a mistake; AWS itself caps each further session at one hour.
    static let maxChain = 5

    func load() async throws(CredentialsError) -> Credentials? {
        guard profiles.profile(name) != nil || isRequired else { return nil }
        return try await resolve(name, visited: [])
    }

    private func resolve(_ name: String, visited: [String]) async throws(CredentialsError) -> Credentials? {
        let source = "profile \(name)"
        func failure(_ detail: String) -> CredentialsError {
            CredentialsError(source: source, detail: detail, retryable: false)
        }
        guard let profile = profiles.profile(name) else { throw failure("there is no such profile") }
        guard visited.count < Self.maxChain else { throw failure("the chain of source_profile is too long") }
        // A profile may name itself as its source, and then gives its own keys.
        let isItsOwnSource = visited.last == name
        guard isItsOwnSource || !visited.contains(name) else {
            throw failure("source_profile leads in a circle: \((visited + [name]).joined(separator: " -> "))")
        }
        if let role = profile.value("role_arn"), !isItsOwnSource {
            return try await assume(role, profile, visited: visited + [name])
        }
        return try staticKeys(of: profile, isStart: visited.isEmpty)
    }

    private func staticKeys(of profile: Profile, isStart: Bool) throws(CredentialsError) -> Credentials? {
        let source = "profile \(profile.name)"
        if let key = profile.value("aws_access_key_id") {
            guard let secret = profile.value("aws_secret_access_key") else {
                throw CredentialsError(
                    source: source, detail: "aws_access_key_id has no aws_secret_access_key beside it",
                    retryable: false)
            }
            return Credentials(
                accessKeyID: key, secretAccessKey: secret, sessionToken: profile.value("aws_session_token"),
                source: source)
        }
        for unsupported in ["credential_process", "sso_session", "sso_start_url", "login_session"] {
            guard profile.value(unsupported) != nil else { continue }
            throw CredentialsError(
                source: source,
                detail:
                    "\(unsupported) is not supported; use keys, a role, a web identity, or the environment",
                retryable: false)
        }
        // A default profile that only sets a Region leaves the choice to the sources that follow.
        if isStart, !isRequired { return nil }
        throw CredentialsError(source: source, detail: "it has neither keys nor a role", retryable: false)
    }

    private func assume(
        _ role: String, _ profile: Profile, visited: [String]
    ) async throws(CredentialsError) -> Credentials {
        let source = "profile \(profile.name)"
        func failure(_ detail: String) -> CredentialsError {
            CredentialsError(source: source, detail: detail, retryable: false)
        }
        if profile.value("mfa_serial") != nil {
            throw failure("mfa_serial needs a person; it is not supported")
        }
        let request = RoleRequest(
            roleARN: role, sessionName: profile.value("role_session_name"),
            externalID: profile.value("external_id"),
            durationSeconds: profile.value("duration_seconds").flatMap(Int.init), source: source)
        if let file = profile.value("web_identity_token_file") {
            return try await issuing.assume(request, tokenFile: file)
        }
        let base: Credentials?
        switch (profile.value("source_profile"), profile.value("credential_source")) {
        case (let name?, nil): base = try await resolve(name, visited: visited)
        case (nil, let place?): base = try await issuing.load(credentialSource: place, for: source)
        default: throw failure("role_arn needs exactly one of source_profile and credential_source")
        }
        guard let base else { throw failure("the source of the role gives no credentials") }
        return try await issuing.assume(request, as: base)
    }
}
