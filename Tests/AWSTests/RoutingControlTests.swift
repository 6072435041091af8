import HTTPTransport
import Testing

@testable import AWS

@Suite("A cluster of routing controls")
struct RoutingControlTests {
    private static let arn =
        "arn:aws:route53-recovery-control::123456789012:controlpanel/0123456789abcdef0123456789abcdef"
        + "/routingcontrol/0123456789abcdef"
    private static let cluster = RoutingControlCluster(
        endpoints: ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2"].map {
            .init(region: $0, url: "https://host.route53-recovery-cluster.\($0).amazonaws.com/v1")
        })
    private static let state = ScriptedTransport.Reply.answer(
        200, "{\"RoutingControlArn\":\"\(arn)\",\"RoutingControlState\":\"On\"}")

    private func regions(_ transport: ScriptedTransport) async -> [String] {
        await transport.requests.compactMap {
            $0.url.split(separator: ".").dropFirst(2).first.map(String.init)
        }
    }

    private static func fault(_ status: Int, _ code: String) -> ScriptedTransport.Reply {
        .answer(status, "{\"__type\":\"\(code)\",\"message\":\"said so\"}")
    }

    @Test("is asked at its own address, signed for the Region in which that stands")
    func address() async throws {
        let transport = ScriptedTransport(Self.state)
        let client = AWSClient.test(transport)
        let answer = try await Self.cluster.call(
            GetRoutingControlState(routingControlArn: Self.arn), by: client)
        #expect(answer.routingControlState == "On")
        let request = try #require(await transport.requests.first)
        #expect(request.url == "https://host.route53-recovery-cluster.us-east-1.amazonaws.com/v1/")
        let scope = "/us-east-1/route53-recovery-cluster/aws4_request"
        #expect(request.headers.first("Authorization")?.contains(scope) == true)
        #expect(request.headers.first("X-Amz-Target") == "ToggleCustomerAPI.GetRoutingControlState")
    }

    @Test(
        "is asked at the next address when one refuses the connection, is silent, ill, or apart from the rest"
    )
    func rotation() async throws {
        let transport = ScriptedTransport(
            .failure(.connectionRefused, mayHaveReachedServer: false),
            .failure(.totalTimeout, mayHaveReachedServer: true), .answer(503, "<html>"),
            Self.fault(409, "EndpointTemporarilyUnavailableException"), Self.state)
        let change = UpdateRoutingControlState(routingControlArn: Self.arn, routingControlState: "On")
        _ = try await Self.cluster.call(change, by: .test(transport))
        let asked = await regions(transport)
        #expect(asked == ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2"])
    }

    @Test("that fails everywhere says what the last address said")
    func failure() async throws {
        let transport = ScriptedTransport(.failure(.connectTimeout, mayHaveReachedServer: false))
        let error = try await AWSTests.failure { () async throws(AWSError) in
            try await Self.cluster.call(ListRoutingControls(), by: .test(transport))
        }
        #expect(error.kind == .network(.connectTimeout))
        #expect(error.region == "ap-southeast-2")
        #expect(await transport.requests.count == 5)
    }

    @Test(
        "that says no is not asked again elsewhere",
        arguments: [(409, "ConflictException"), (403, "AccessDeniedException"), (400, "ValidationException")])
    func refusal(status: Int, code: String) async throws {
        let transport = ScriptedTransport(Self.fault(status, code))
        let error = try await AWSTests.failure { () async throws(AWSError) in
            try await Self.cluster.call(
                UpdateRoutingControlState(routingControlArn: Self.arn, routingControlState: "Off"),
                by: .test(transport))
        }
        #expect(error.code == code)
        #expect(await transport.requests.count == 1)
    }

    @Test("passes over a safety rule when it is told to, for that call")
    func override() async throws {
        let transport = ScriptedTransport(.answer(200, "{}"))
        let changes = [RoutingControlChange(routingControlArn: Self.arn, routingControlState: "Off")]
        _ = try await Self.cluster.call(
            UpdateRoutingControlStates(
                updateRoutingControlStateEntries: changes, safetyRulesToOverride: ["arn:rule"]),
            by: .test(transport))
        let body = try JSONReader.parse(try #require(await transport.requests.first).body)
        #expect(try body.strings("SafetyRulesToOverride") == ["arn:rule"])
        #expect(body["UpdateRoutingControlStateEntries"]?.array?.count == 1)
    }

    @Test(
        "can begin at any of its addresses",
        arguments: [(0, "us-east-1"), (3, "ap-northeast-1"), (-1, "ap-southeast-2"), (7, "eu-west-1")])
    func start(places: Int, region: String) {
        let rotated = Self.cluster.rotated(by: places)
        #expect(rotated.endpoints.first?.region == region)
        #expect(Set(rotated.endpoints) == Set(Self.cluster.endpoints))
    }

    @Test("without an address is no cluster, and one with a broken address goes on to the next")
    func broken() async throws {
        let transport = ScriptedTransport(Self.state)
        let none = try await AWSTests.failure { () async throws(AWSError) in
            try await RoutingControlCluster(endpoints: []).rotated(by: 2)
                .call(ListRoutingControls(), by: .test(transport))
        }
        #expect(none.kind == .endpoint)
        let broken = RoutingControlCluster.Endpoint(region: "us-east-1", url: "ftp://x?y")
        let cluster = RoutingControlCluster(endpoints: [broken] + Self.cluster.endpoints)
        _ = try await cluster.call(GetRoutingControlState(routingControlArn: Self.arn), by: .test(transport))
        #expect(await regions(transport) == ["us-east-1"])
    }
}
