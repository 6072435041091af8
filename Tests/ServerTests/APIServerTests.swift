import Failover
import Foundation
import HTTPTransport
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct APIServerTests {
    static let hold = Array(#"{"verb":"hold","by":"ana","reason":"upgrade"}"#.utf8)
    static let holds = "/v1/workloads/orders/requests"

    @Test func withoutTokensThisHostMayReadAndNobodyMayAct() async throws {
        try await serving(.open) { ask in
            let read = try await ask("GET", "/v1/status", [:])
            #expect(read.status == 200)
            #expect(try await ask("POST", Self.holds, ["Idempotency-Key": "1"]).status == 403)
            // A page whose own name leads here by a trick of its DNS.
            #expect(try await ask("GET", "/v1/status", ["Host": "evil.example.com"]).status == 421)
            #expect(try await ask("GET", "/livez", ["Host": "127.0.0.1"]).status == 200)
        }
    }

    @Test func aTokenReadsOrActsAndBasicNeverActs() async throws {
        let lines = [
            Tokens.line(name: "grafana", .read, token: "reader"),
            Tokens.line(name: "oncall", .act, token: "actor"),
        ]
        let file = try TokenFile(
            read: { lines.joined(separator: "\n") }, now: { Timestamp(milliseconds: 0) }, note: { _ in })
        try await serving(.tokens(file)) { ask in
            let key = ["Idempotency-Key": "1"]
            func with(_ token: String) -> [String: String] { key.merging(["Authorization": token]) { $1 } }
            let none = try await ask("GET", "/v1/status", [:])
            #expect(none.status == 401)
            #expect(none.headers.first("WWW-Authenticate")?.hasPrefix("Basic ") == true)
            #expect(try await ask("GET", "/metrics", with("Bearer nobody")).status == 401)
            #expect(try await ask("GET", "/no/such/thing", [:]).status == 401)
            #expect(try await ask("GET", "/livez", [:]).status == 200)
            #expect(try await ask("GET", "/v1/openapi.json", [:]).status == 200)
            #expect(try await ask("GET", "/v1/status", with("Bearer reader")).status == 200)
            #expect(try await ask("POST", Self.holds, with("Bearer reader")).status == 403)
            let basic = "Basic " + Data("anybody:actor".utf8).base64EncodedString()
            #expect(try await ask("GET", "/v1/status", with(basic)).status == 200)
            #expect(try await ask("POST", Self.holds, with(basic)).status == 403)
            let done = try await ask("POST", Self.holds, with("Bearer actor"))
            let answer = try JSONDecoder().decode(RequestAnswer.self, from: Data(done.body))
            #expect(answer.message == "hold orders by ana (token oncall)")
        }
    }

    @Test func everyAnswerKeepsABrowserFromMischief() async throws {
        try await serving(.open) { ask in
            for path in ["/v1/status", "/nothing"] {
                let answer = try await ask("GET", path, [:])
                let policy = answer.headers.first("Content-Security-Policy") ?? ""
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(answer.headers.first("X-Content-Type-Options") == "nosniff")
                #expect(answer.headers.first("Cache-Control") == "no-store")
            }
        }
    }

    @Test func whatIsAskedInAnotherWayIsRefusedWithTheRightOne() async throws {
        try await serving(.open) { ask in
            let wrong = try await ask("DELETE", "/v1/status", [:])
            #expect(wrong.status == 405)
            #expect(wrong.headers.first("Allow") == "GET, HEAD")
            #expect(try await ask("GET", "/v1/history?limit=0", [:]).status == 400)
            #expect(try await ask("GET", "/v1/history?after=x", [:]).status == 400)
            #expect(try await ask("GET", "/v1/workloads/nothing", [:]).status == 404)
            #expect(try await ask("GET", "/v1/workloads/orders/explanation?at=noon", [:]).status == 400)
        }
    }

    /// What the document says of a path is what the router has, and the other way round.
    @Test func theDocumentNamesEveryRoute() throws {
        let data = Data(PackageResources.openapi_json)
        let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        let described = paths.flatMap { path, methods in methods.keys.map { "\($0) \(path)" } }
        let routed = OperatorRoutes.table.map { route in
            "\(route.method.rawValue.lowercased()) "
                + route.path.replacing(/:(\w+)/) { "{\($0.1)}" }
        }
        #expect(Set(described) == Set(routed))
        for name in RequestBody.overridable.map(\.rawValue) {
            #expect(String(decoding: data, as: UTF8.self).contains("\"\(name)\""), "\(name)")
        }
    }

    // MARK: - Fixture

    typealias Ask = @Sendable (String, String, [String: String]) async throws -> HTTPResponse

    func serving(_ access: Access, _ body: @escaping @Sendable (Ask) async throws -> Void) async throws {
        let transport = CurlTransport()
        let echo = Echo()
        let server = APIServer(
            operations: echo, access: access, page: quietPage(echo), host: "127.0.0.1", port: 0,
            identity: nil,
            now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
            logger: quietLogger())
        let (ready, isReady) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { isReady.yield($0) } }
            var port = 0
            for await opened in ready {
                port = opened
                break
            }
            let bound = port
            let base = "http://127.0.0.1:\(bound)"
            try await body { method, path, headers in
                var lines = [HTTPHeader("Content-Type", "application/json")]
                lines += headers.filter { $0.key != "Host" }.map { HTTPHeader($0.key, $0.value) }
                // The name in the URL is what is sent as Host; the connection goes here all the same.
                let url = headers["Host"].map { "http://\($0):\(bound)" } ?? base
                return try await transport.send(
                    HTTPRequest(
                        method: method, url: url + path, headers: HTTPHeaders(lines),
                        body: method == "POST" ? Self.hold : [], connectTo: "127.0.0.1:\(bound)"))
            }
            group.cancelAll()
        }
        await transport.shutdown()
    }
}
