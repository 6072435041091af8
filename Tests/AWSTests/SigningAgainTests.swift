import HTTPTransport
import Testing

@testable import AWS

@Suite("Signing again")
struct SigningAgainTests {
    private let read = DescribeDBInstances()
    /// Ten minutes ahead of the virtual clock's start.
    private let serverDate: HTTPHeaders = ["Date": "Fri, 02 Jan 2026 03:14:05 GMT"].reduce(
        into: HTTPHeaders()
    ) {
        $0.append($1.key, $1.value)
    }

    @Test("X14: a wrong clock is corrected once from the Date header, without counting as an attempt")
    func skew() async throws {
        let transport = ScriptedTransport(
            .fault(403, "RequestTimeTooSkewed", headers: serverDate), .page([]), .page([]))
        let client = AWSClient.test(transport)
        _ = try await client.call(read, region: "eu-west-1", options: CallOptions(maxAttempts: 1))
        _ = try await client.call(read, region: "eu-west-1")
        let dates = await transport.requests.map { $0.headers.first("X-Amz-Date") }
        #expect(dates == ["20260102T030405Z", "20260102T031405Z", "20260102T031405Z"])
    }

    @Test("a clock that stays wrong ends as such")
    func skewStays() async throws {
        let transport = ScriptedTransport(.fault(403, "RequestTimeTooSkewed", headers: serverDate))
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).call(read, region: "eu-west-1")
        }
        #expect(error.kind == .clockSkew)
        #expect(error.outcome == .notDone)
        #expect(await transport.requests.count == 2)
    }

    @Test("a wrong secret with a right clock is not taken for a wrong clock")
    func wrongSecret() async throws {
        let headers = HTTPHeaders([HTTPHeader("Date", "Fri, 02 Jan 2026 03:04:35 GMT")])
        let transport = ScriptedTransport(.fault(403, "SignatureDoesNotMatch", headers: headers))
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).call(read, region: "eu-west-1")
        }
        #expect(error.kind == .credentialsRejected)
        #expect(await transport.requests.count == 1)
    }

    @Test("X15: expired credentials are renewed once")
    func expired() async throws {
        let transport = ScriptedTransport { request, _ in
            request.headers.first("Authorization")?.contains("AKIDNEW") == true
                ? .page([]) : .fault(403, "ExpiredToken")
        }
        let source = ScriptedSource(
            .success(Credentials(accessKeyID: "AKIDOLD", secretAccessKey: "s")),
            .success(Credentials(accessKeyID: "AKIDNEW", secretAccessKey: "s")))
        let clock = VirtualClock()
        let provider = CachingCredentialsProvider(source, surroundings: clock.surroundings())
        let client = AWSClient.test(transport, clock: clock, credentials: provider)
        _ = try await client.call(read, region: "eu-west-1", options: CallOptions(maxAttempts: 1))
        #expect(await transport.requests.count == 2)
        #expect(await source.loads == 2)
    }

    @Test("credentials that stay expired end the call")
    func staysExpired() async throws {
        let transport = ScriptedTransport(.fault(403, "ExpiredToken"))
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).call(read, region: "eu-west-1")
        }
        #expect(error.kind == .credentialsRejected)
        #expect(await transport.requests.count == 2)
    }

    @Test("the web identity exchange carries no signature")
    func unsigned() async throws {
        let transport = ScriptedTransport(.fault(400, "InvalidIdentityToken"))
        let call = AssumeRoleWithWebIdentity(
            roleArn: "arn:aws:iam::1:role/r", roleSessionName: "s", webIdentityToken: "token")
        _ = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).call(call, region: "eu-west-1")
        }
        #expect(await transport.requests.first?.headers.contains("Authorization") == false)
        #expect(call.parameters.contains { $0.value == "<redacted>" })
        #expect(!call.parameters.contains { $0.value == "token" })
    }

    @Test("a service's clock is read from an unsigned request, with half the round trip taken off")
    func clockOffset() async throws {
        let clock = VirtualClock()
        let date = serverDate
        let transport = ScriptedTransport { _, _ in
            clock.advance(by: .seconds(4))
            return .answer(403, "", date)
        }
        let offset = try await AWSClient.test(transport, clock: clock).clockOffset(region: "eu-west-1")
        #expect(offset == .seconds(598))
        #expect(await transport.requests.first?.headers.contains("Authorization") == false)
    }
}
