import Testing

@testable import AWS

@Suite("Profiles")
struct ProfileTests {
    private static let credentialsFile = """
        # people's keys
        [default]
        aws_access_key_id = AKIDDEFAULT
        aws_secret_access_key = a#b
        [base]
        aws_access_key_id=AKIDBASE
        aws_secret_access_key=s=/+
        aws_session_token=t
        [broken]
        aws_access_key_id=AKIDBROKEN
        """
    private static let configFile = """
        [default]
        region = eu-west-1
        [profile dr]
        role_arn = arn:aws:iam::1:role/dr
        source_profile = middle
        external_id = x
        role_session_name = drctl-1
        duration_seconds = 900
        services = local
        [profile middle]
        role_arn = arn:aws:iam::1:role/middle
        source_profile = base
        [profile own]
        role_arn = arn:aws:iam::1:role/own
        source_profile = own
        aws_access_key_id = AKIDOWN
        aws_secret_access_key = s
        [profile loop1]
        role_arn = arn:aws:iam::1:role/one
        source_profile = loop2
        [profile loop2]
        role_arn = arn:aws:iam::1:role/two
        source_profile = loop1
        [profile fromenv]
        role_arn = arn:aws:iam::1:role/env
        credential_source = Environment
        [profile both]
        role_arn = arn:aws:iam::1:role/both
        source_profile = base
        credential_source = Environment
        [profile person]
        login_session = arn:aws:iam::1:user/x
        [profile mfa]
        role_arn = arn:aws:iam::1:role/mfa
        source_profile = base
        mfa_serial = arn:aws:iam::1:mfa/x
        [profile missing]
        role_arn = arn:aws:iam::1:role/m
        source_profile = nobody
        [services local]
        rds =
          endpoint_url = http://localhost:1
          retries = 2
        route_53 =
          endpoint_url = http://localhost:2
        """
    private static let files = [
        "/home/u/.aws/credentials": credentialsFile, "/home/u/.aws/config": configFile,
    ]

    private func surroundings(_ environment: [String: String] = [:]) -> Surroundings {
        VirtualClock().surroundings(
            environment: ["HOME": "/home/u"].merging(environment) { $1 }, files: Self.files)
    }

    private func load(
        _ profile: String, _ transport: ScriptedTransport, _ environment: [String: String] = [:]
    ) async throws -> Credentials? {
        let surroundings = surroundings(environment)
        let issuing = CredentialsIssuing(
            transport: transport, endpoints: EndpointResolver(), surroundings: surroundings,
            region: "eu-central-1")
        return try await StandardSource(issuing, choosing: profile).load()
    }

    /// Answers AssumeRole with a key named after the role.
    static let sts = { @Sendable (body: String) -> ScriptedTransport.Reply in
        let role =
            body.split(separator: "&").first { $0.hasPrefix("RoleArn=") }?.split(separator: "F").last ?? "?"
        let action = body.contains("WebIdentity") ? "AssumeRoleWithWebIdentity" : "AssumeRole"
        return .answer(
            200,
            """
            <\(action)Response><\(action)Result><Credentials><AccessKeyId>ASIA-\(role)</AccessKeyId>
            <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
            <Expiration>2026-01-02T04:04:05Z</Expiration></Credentials></\(action)Result></\(action)Response>
            """)
    }

    static func stsTransport() -> ScriptedTransport {
        ScriptedTransport { request, _ in sts(String(decoding: request.body, as: UTF8.self)) }
    }

    @Test("static keys come from either file, and comments are not part of values")
    func staticKeys() async throws {
        let transport = Self.stsTransport()
        let base = try await load("base", transport)
        #expect(base?.accessKeyID == "AKIDBASE")
        #expect(base?.secretAccessKey == "s=/+")
        #expect(base?.sessionToken == "t")
        #expect(try await load("default", transport)?.secretAccessKey == "a#b")
        #expect(await transport.requests.isEmpty)
    }

    @Test("a role is assumed along its chain, at the Region's own STS")
    func chain() async throws {
        let transport = Self.stsTransport()
        let credentials = try await load("dr", transport)
        #expect(credentials?.accessKeyID == "ASIA-dr")
        #expect(credentials?.expiration == WallTime(iso8601: "2026-01-02T04:04:05Z"))
        let requests = await transport.requests
        #expect(requests.map(\.url) == Array(repeating: "https://sts.eu-central-1.amazonaws.com/", count: 2))
        let bodies = requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies[0].contains("role%2Fmiddle"))
        #expect(bodies[1].contains("RoleSessionName=drctl-1"))
        #expect(bodies[1].contains("DurationSeconds=900"))
        #expect(bodies[1].contains("ExternalId=x"))
        #expect(requests[0].headers.first("Authorization")?.contains("AKIDBASE") == true)
        #expect(requests[1].headers.first("Authorization")?.contains("ASIA-middle") == true)
    }

    @Test("a profile that names itself as source gives its own keys")
    func ownSource() async throws {
        let transport = Self.stsTransport()
        #expect(try await load("own", transport)?.accessKeyID == "ASIA-own")
        #expect(
            await transport.requests.first?.headers.first("Authorization")?.contains("AKIDOWN") == true)
    }

    @Test("the source can be the environment")
    func credentialSource() async throws {
        let environment = ["AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s"]
        let transport = Self.stsTransport()
        #expect(try await load("fromenv", transport, environment)?.accessKeyID == "ASIA-env")
    }

    @Test(
        "what does not work is named, and nothing else is tried in its place",
        arguments: [
            ("loop1", "loop1 -> loop2 -> loop1"), ("both", "exactly one"), ("person", "login_session"),
            ("mfa", "mfa_serial"), ("missing", "no such profile"), ("nobody", "no such profile"),
            ("broken", "aws_secret_access_key"),
        ])
    func broken(profile: String, words: String) async throws {
        let error = await #expect(throws: CredentialsError.self) {
            try await load(profile, Self.stsTransport())
        }
        #expect(error?.detail.contains(words) == true)
        #expect(error?.retryable == false)
    }

    @Test("a profile's services section gives endpoints")
    func services() throws {
        let profile = try #require(try ProfileStore(surroundings()).profile("dr"))
        #expect(profile.serviceEndpoints == ["rds": "http://localhost:1", "route_53": "http://localhost:2"])
    }

    @Test("a file that the environment names must be there; the usual ones need not")
    func namedFile() throws {
        #expect(throws: CredentialsError.self) {
            try ProfileStore(surroundings(["AWS_CONFIG_FILE": "/nowhere"]))
        }
        #expect(try ProfileStore(VirtualClock().surroundings(environment: ["HOME": "/x"])).chosen == nil)
    }
}
