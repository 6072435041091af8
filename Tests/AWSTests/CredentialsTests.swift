import HTTPTransport
import Testing

@testable import AWS

@Suite("Credentials")
struct CredentialsTests {
    private func chain(
        _ environment: [String: String], _ transport: ScriptedTransport, files: [String: String] = [:]
    ) -> StandardSource {
        let surroundings = VirtualClock().surroundings(environment: environment, files: files)
        let issuing = CredentialsIssuing(
            transport: transport, endpoints: EndpointResolver(), surroundings: surroundings,
            region: "eu-central-1")
        return StandardSource(issuing)
    }

    private static let document = """
        {"Code":"Success","AccessKeyId":"ASIA","SecretAccessKey":"s","Token":"t",
        "Expiration":"2026-01-02T09:00:00Z"}
        """
    private let nobody = ScriptedTransport(.failure(.connectTimeout, mayHaveReachedServer: false))

    @Test("the environment comes first, with its token and expiry")
    func environment() async throws {
        let found = try await chain(
            [
                "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
                "AWS_CREDENTIAL_EXPIRATION": "2026-01-02T09:00:00Z",
            ], nobody
        ).load()
        #expect(found?.accessKeyID == "AKIDENV")
        #expect(found?.sessionToken == "t")
        #expect(found?.expiration == WallTime(iso8601: "2026-01-02T09:00:00Z"))
        #expect(found?.handRenewal?.by == WallTime(iso8601: "2026-01-02T09:00:00Z"))
    }

    @Test("who has to renew them by hand is told, and only they are")
    func handRenewal() async throws {
        let keys = ["AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s"]
        let long = try #require(try await chain(keys, nobody).load())
        #expect(long.handRenewal == nil)
        let session = keys.merging(["AWS_SESSION_TOKEN": "t"]) { $1 }
        let short = try #require(try await chain(session, nobody).load())
        #expect(short.handRenewal?.by == nil && short.handRenewal?.order.hasPrefix("Start it") == true)
        let contained = try await chain(
            ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"],
            ScriptedTransport(.answer(200, Self.document))
        ).load()
        #expect(contained?.accessKeyID == "ASIA" && contained?.handRenewal == nil)

        // A role is as good as what it is assumed with.
        let file = """
            [base]
            aws_access_key_id = AKIDBASE
            aws_secret_access_key = s
            aws_session_token = t
            [dr]
            role_arn = arn:aws:iam::1:role/dr
            source_profile = base
            """
        let assumed = try await chain(
            ["AWS_PROFILE": "dr", "HOME": "/home/x"], ProfileTests.stsTransport(),
            files: ["/home/x/.aws/credentials": file]
        ).load()
        #expect(assumed?.accessKeyID == "ASIA-dr")
        #expect(assumed?.handRenewal?.order.hasPrefix("Put new ones into the file") == true)
    }

    @Test("half a key in the environment is an error, not a reason to look elsewhere")
    func halfKey() async throws {
        await #expect(throws: CredentialsError.self) {
            try await chain(["AWS_ACCESS_KEY_ID": "AKIDENV"], nobody).load()
        }
    }

    @Test("a web identity is exchanged at the Region's own STS, with the token file read anew")
    func webIdentity() async throws {
        let transport = ProfileTests.stsTransport()
        let found = try await chain(
            ["AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/pod"], transport,
            files: ["/token": "e.y.J\n"]
        ).load()
        #expect(found?.accessKeyID == "ASIA-pod")
        let request = try #require(await transport.requests.first)
        #expect(request.url == "https://sts.eu-central-1.amazonaws.com/")
        #expect(String(decoding: request.body, as: UTF8.self).hasSuffix("WebIdentityToken=e.y.J"))
    }

    @Test("a container's credentials come with its token")
    func container() async throws {
        let transport = ScriptedTransport(.answer(200, Self.document))
        let found = try await chain(
            [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
            ], transport, files: ["/token": "Bearer x"]
        ).load()
        #expect(found?.accessKeyID == "ASIA")
        #expect(await transport.requests.first?.headers.first("Authorization") == "Bearer x")
    }

    @Test(
        "the container's token goes in the clear to this machine only",
        arguments: [
            "http://example.com/", "http://169.254.170.2.example.com/", "http://127.0.0.1.example.com/",
            "http://127.0.0.1@example.com/", "ftp://127.0.0.1/", "http://10.0.0.1/", "file:///etc/passwd",
        ])
    func containerAddress(url: String) async throws {
        let transport = ScriptedTransport(.answer(200, Self.document))
        await #expect(throws: CredentialsError.self) {
            try await chain(["AWS_CONTAINER_CREDENTIALS_FULL_URI": url], transport).load()
        }
        #expect(await transport.requests.isEmpty)
    }

    @Test("a token with a line end in it is refused")
    func containerToken() async throws {
        await #expect(throws: CredentialsError.self) {
            try await chain(
                [
                    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/c",
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nX-Evil: 1",
                ], nobody
            ).load()
        }
    }

    @Test("an instance's role is found by version 2 of the metadata service, with its token")
    func instance() async throws {
        let transport = ScriptedTransport { request, _ in
            if request.method == "PUT" { return .answer(200, "TOKEN==") }
            guard request.headers.first("x-aws-ec2-metadata-token") == "TOKEN==" else {
                return .answer(401, "")
            }
            return .answer(200, request.url.hasSuffix("/") ? "dr-actor\n" : Self.document)
        }
        let found = try await chain([:], transport).load()
        #expect(found?.accessKeyID == "ASIA")
        #expect(found?.source == "instance role dr-actor")
        let requests = await transport.requests
        #expect(requests.map(\.url).last?.hasSuffix("/security-credentials/dr-actor") == true)
        #expect(requests.allSatisfy { $0.url.hasPrefix("http://169.254.169.254/latest/") })
        #expect(requests.first?.headers.first("x-aws-ec2-metadata-token-ttl-seconds") == "21600")
        #expect(requests.allSatisfy { $0.timeouts.total == .seconds(1) })
    }

    @Test("where no metadata service answers, or it is switched off, there is nothing, and no error")
    func noInstance() async throws {
        #expect(try await chain([:], nobody).load() == nil)
        let transport = ScriptedTransport(.answer(200, "x"))
        #expect(try await chain(["AWS_EC2_METADATA_DISABLED": "true"], transport).load() == nil)
        #expect(await transport.requests.isEmpty)
    }

    @Test("a role name that is a path is refused")
    func roleName() async throws {
        let transport = ScriptedTransport(
            .answer(200, "T"), .answer(200, "../../user-data"), .answer(200, Self.document))
        await #expect(throws: CredentialsError.self) { try await chain([:], transport).load() }
        #expect(await transport.requests.count == 2)
    }

    @Test("no description shows a secret")
    func redacted() {
        let credentials = Credentials(accessKeyID: "AKID", secretAccessKey: "hush", sessionToken: "quiet")
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(!text.contains("hush"))
            #expect(!text.contains("quiet"))
        }
    }

    @Test("a call without credentials fails before anything is sent, and is not in doubt")
    func unavailable() async throws {
        let transport = ScriptedTransport(.promoted)
        let source = ScriptedSource(
            .failure(CredentialsError(source: "s", detail: "broken", retryable: false)))
        let provider = CachingCredentialsProvider(source, surroundings: VirtualClock().surroundings())
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport, credentials: provider).call(
                PromoteReadReplica(dbInstanceIdentifier: "o"), region: "eu-west-1")
        }
        #expect(error.kind == .credentialsUnavailable)
        #expect(error.outcome == .notDone)
        #expect(await transport.requests.isEmpty)
    }
}
