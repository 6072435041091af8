import SigV4

/// IAM Identity Center: exchanges the token that `aws sso login` left in the home directory. When that token
/// ends, a person has to log in again, so it suits a person's own machine and no server.
struct SSOSource: CredentialsSource {
    private let profile: Profile
    private let profiles: ProfileStore
    private let issuing: CredentialsIssuing

    init(_ profile: Profile, _ profiles: ProfileStore, _ issuing: CredentialsIssuing) {
        self.profile = profile
        self.profiles = profiles
        self.issuing = issuing
    }

    func load() async throws(CredentialsError) -> Credentials? {
        guard profile.values["sso_role_name"] != nil || profile.values["sso_account_id"] != nil else {
            return nil
        }
        let settings = try settings()
        func setting(_ key: String) throws(CredentialsError) -> String {
            guard let value = settings[key], !value.isEmpty else {
                throw failure("\(key) is missing", retryable: false)
            }
            return value
        }
        let (role, account) = (try setting("sso_role_name"), try setting("sso_account_id"))
        let (start, region) = (try setting("sso_start_url"), try setting("sso_region"))
        let (token, end) = try token(for: profile.value("sso_session") ?? start)
        let operation = GetRoleCredentials(roleName: role, accountId: account, accessToken: token)
        var issued = try await issuing.exchange(operation, region: region, source: source)
            .credentials(source: "SSO of profile \(profile.name)")
        issued.handRenewal = HandRenewal(by: end, order: "Before that, \(login)")
        return issued
    }

    private var source: String { "profile \(profile.name)" }
    private var login: String { "run `aws sso login --profile \(profile.name)`" }

    /// The profile's settings with those of the session that it names; the two must not contradict.
    private func settings() throws(CredentialsError) -> [String: String] {
        guard let name = profile.value("sso_session") else { return profile.values }
        guard let session = profiles.session(name) else {
            throw failure("there is no [sso-session \(name)]", retryable: false)
        }
        for (key, value) in session where profile.values[key].map({ $0 != value }) == true {
            throw failure("it and [sso-session \(name)] say different things for \(key)", retryable: false)
        }
        return profile.values.merging(session) { first, _ in first }
    }

    private func token(for name: String) throws(CredentialsError) -> (String, until: WallTime) {
        // The AWS tools name the file so.
        let file = ".aws/sso/cache/\(Hash.sha1Hex(Array(name.utf8))).json"
        guard let path = issuing.surroundings.inHome(file),
            let text = try? issuing.surroundings.readFile(path)
        else { throw failure("nobody has logged in: \(login)", retryable: true) }
        guard let document = try? JSONReader.parse(Array(text.utf8)),
            let token = document["accessToken"]?.string, !token.isEmpty,
            let end = document["expiresAt"]?.string.flatMap(Self.time)
        else { throw failure("the token in ~/\(file) is malformed: \(login)", retryable: true) }
        guard end > issuing.surroundings.now() else {
            throw failure("the login has expired: \(login)", retryable: true)
        }
        return (token, end)
    }

    /// Older tools write `UTC` in place of `Z`.
    private static func time(_ text: String) -> WallTime? {
        WallTime(iso8601: text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text)
    }

    private func failure(_ detail: String, retryable: Bool) -> CredentialsError {
        CredentialsError(source: source, detail: detail, retryable: retryable)
    }
}
