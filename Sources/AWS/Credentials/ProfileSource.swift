/// What a profile of the shared files gives, in the order of the AWS command line: a role to assume, a web
/// identity, SSO, keys of the credentials file, a process, keys of the config file.
struct ProfileSource: CredentialsSource {
    let profiles: ProfileStore
    let issuing: CredentialsIssuing

    func load() async throws(CredentialsError) -> Credentials? {
        let name = profiles.chosenName
        if let profile = profiles.profile(name), profile.isRole {
            return try await assume(profile, visited: [name])
        }
        return try await own(name, withEnvironment: !profiles.isChosenExplicitly)
    }

    /// What a profile gives by itself, without a role from elsewhere.
    private func own(
        _ name: String, withEnvironment: Bool
    ) async throws(CredentialsError) -> Credentials? {
        let profile = profiles.profile(name) ?? Profile(name: name, values: [:])
        let identity = WebIdentitySource(issuing, profile: profile, usesEnvironment: withEnvironment)
        if let found = try await identity.load() { return found }
        if let found = try await SSOSource(profile, profiles, issuing).load() { return found }
        if let keys = try keys(profiles.inCredentialsFile(name), of: profile) { return keys }
        if profile.value("login_session") != nil {
            throw CredentialsError(
                source: "profile \(name)",
                detail: "login_session needs a person; use keys, a role, SSO, a process or a web identity",
                retryable: false)
        }
        if let found = try await ProcessSource(profile, issuing.surroundings).load() { return found }
        return try keys(profiles.inConfigFile(name), of: profile)
    }

    private func keys(
        _ values: [String: String], of profile: Profile
    ) throws(CredentialsError) -> Credentials? {
        guard let key = values["aws_access_key_id"] else { return nil }
        let source = "profile \(profile.name)"
        guard let secret = values["aws_secret_access_key"], !secret.isEmpty, !key.isEmpty else {
            throw CredentialsError(
                source: source, detail: "aws_access_key_id has no aws_secret_access_key beside it",
                retryable: false)
        }
        let given = values["aws_security_token"] ?? values["aws_session_token"]
        let token = given.flatMap { $0.isEmpty ? nil : $0 }
        let order = "Put new ones into the file in time, or use a role, which renews itself"
        return Credentials(
            accessKeyID: key, secretAccessKey: secret, sessionToken: token, source: source,
            handRenewal: token.map { _ in HandRenewal(by: nil, order: order) })
    }

    private func assume(
        _ profile: Profile, visited: [String]
    ) async throws(CredentialsError) -> Credentials {
        let source = "profile \(profile.name)"
        func failure(_ detail: String) -> CredentialsError {
            CredentialsError(source: source, detail: detail, retryable: false)
        }
        guard let role = profile.value("role_arn") else { throw failure("role_arn is empty") }
        if profile.value("mfa_serial") != nil {
            throw failure("mfa_serial needs a person; it is not supported")
        }
        let request = RoleRequest(
            roleARN: role, sessionName: profile.value("role_session_name"),
            externalID: profile.value("external_id"),
            durationSeconds: profile.value("duration_seconds").flatMap(Int.init), source: source)
        let base: Credentials?
        switch (profile.value("source_profile"), profile.value("credential_source")) {
        case (let name?, nil): base = try await self.source(name, of: profile, visited: visited)
        case (nil, let place?): base = try await issuing.load(credentialSource: place, for: source)
        default: throw failure("role_arn needs exactly one of source_profile and credential_source")
        }
        guard let base else { throw failure("the source of the role gives no credentials") }
        return try await issuing.assume(request, as: base)
    }

    /// Each profile is visited once, so that a chain is no longer than the files.
    private func source(
        _ name: String, of profile: Profile, visited: [String]
    ) async throws(CredentialsError) -> Credentials? {
        func failure(_ detail: String) -> CredentialsError {
            CredentialsError(source: "profile \(profile.name)", detail: detail, retryable: false)
        }
        guard let next = profiles.profile(name) else {
            throw failure("its source_profile \(name): there is no such profile")
        }
        // A profile may name itself as its source, and then gives its own keys.
        let isItself = name == profile.name && next.hasKeys
        guard isItself || !visited.contains(name) else {
            throw failure("source_profile leads in a circle: \((visited + [name]).joined(separator: " -> "))")
        }
        // Keys that stand beside a role are what others take from the profile.
        if next.isRole, !next.hasKeys { return try await assume(next, visited: visited + [name]) }
        guard let found = try await own(name, withEnvironment: false) else {
            throw failure("its source_profile \(name) has neither keys nor a role")
        }
        return found
    }
}
