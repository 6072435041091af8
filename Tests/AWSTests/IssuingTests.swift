import HTTPTransport
import Testing

@testable import AWS

@Suite("STS of several Regions")
struct IssuingTests {
    private static let role = RoleRequest(roleARN: "arn:aws:iam::123456789012:role/dr")

    private func issuing(_ transport: ScriptedTransport, _ alternatives: [String]) -> CredentialsIssuing {
        CredentialsIssuing(
            transport: transport, endpoints: EndpointResolver(), surroundings: VirtualClock().surroundings(),
            region: "eu-west-1", alternatives: alternatives)
    }

    private func transport(_ reply: @escaping @Sendable (String) -> ScriptedTransport.Reply?)
        -> ScriptedTransport
    {
        ScriptedTransport { request, _ in
            reply(request.url) ?? ProfileTests.sts(String(decoding: request.body, as: UTF8.self))
        }
    }

    private func regions(_ transport: ScriptedTransport) async -> [String] {
        await transport.requests.map { String($0.url.dropFirst("https://sts.".count).prefix { $0 != "." }) }
    }

    @Test("when one is dead another is asked, never the global one, and the dead one comes last from then on")
    func another() async throws {
        let transport = transport { url in
            url.contains("eu-west-1") ? .failure(.connectTimeout, mayHaveReachedServer: false) : nil
        }
        let issuing = issuing(transport, ["eu-west-1", "eu-central-1", "us-gov-west-1"])
        for _ in 0..<2 {
            #expect(try await issuing.assume(Self.role, as: .example).accessKeyID == "ASIA-dr")
        }
        // A retry in the Region itself, then the next one. GovCloud is another partition.
        #expect(await regions(transport) == ["eu-west-1", "eu-west-1", "eu-central-1", "eu-central-1"])
    }

    @Test("a Region that is switched off in the account is passed over")
    func switchedOff() async throws {
        let transport = transport { url in
            url.contains("eu-west-1") ? .fault(403, "RegionDisabledException") : nil
        }
        _ = try await issuing(transport, ["eu-central-1"]).assume(Self.role, as: .example)
        #expect(await regions(transport) == ["eu-west-1", "eu-central-1"])
    }

    @Test("a refusal is a refusal: nobody else is asked")
    func refusal() async throws {
        let transport = transport { _ in .fault(403, "AccessDenied") }
        let error = await #expect(throws: CredentialsError.self) {
            try await issuing(transport, ["eu-central-1"]).assume(Self.role, as: .example)
        }
        #expect(error?.retryable == false)
        #expect(await regions(transport) == ["eu-west-1"])
    }

    @Test("when all are dead the error names each, and it may go away")
    func allDead() async throws {
        let transport = transport { _ in .answer(503, "<html>") }
        let error = await #expect(throws: CredentialsError.self) {
            try await issuing(transport, ["eu-central-1"]).assume(Self.role, as: .example)
        }
        #expect(error?.retryable == true)
        #expect(error?.detail.contains("eu-west-1") == true)
        #expect(error?.detail.contains("eu-central-1") == true)
    }

    @Test("credentials that an instance hands out past their end are used for a while before the next look")
    func prolonged() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport { request, _ in
            if request.method == "PUT" { return .answer(200, "TOKEN") }
            let document = """
                {"Code":"Success","AccessKeyId":"ASIA","SecretAccessKey":"s","Token":"t",
                "Expiration":"2026-01-02T02:00:00Z"}
                """
            return .answer(200, request.url.hasSuffix("/") ? "dr" : document)
        }
        let found = try await InstanceMetadataSource(transport, clock.surroundings()).load()
        // 15 minutes, and between 2 and 10 at random.
        #expect(found?.expiration == VirtualClock.start + .seconds(900 + 360))
    }
}
