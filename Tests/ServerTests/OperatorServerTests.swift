import Failover
import Foundation
import HTTPTransport
import Journal
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct OperatorServerTests {
    @Test func aRequestReachesTheControllerAndItsRefusalTheCaller() async throws {
        try await serving { path, transport in
            let body = try contractEncoder().encode(
                OperatorRequest(verb: .hold, by: "ana", reason: "upgrade"))
            let accepted = try await Self.send(
                "POST", "/v1/workloads/orders/requests", [UInt8](body), path, transport)
            #expect(accepted.status == 200)
            #expect(try Self.decode(RequestAnswer.self, accepted).message == "hold orders by ana")
            let refused = try await Self.send(
                "POST", "/v1/workloads/payments/requests", [UInt8](body), path, transport)
            #expect(refused.status == 409)
            #expect(try Self.decode(RequestAnswer.self, refused).accepted == false)
            let unknown = try await Self.send(
                "POST", "/v1/workloads/nothing/requests", [UInt8](body), path, transport)
            #expect(unknown.status == 404)
        }
    }

    @Test(arguments: [
        "", "{", "[]", #"{"verb":"destroy","by":"a","reason":"b","overrides":[]}"#,
        #"{"verb":"hold","by":"","reason":"b","overrides":[]}"#,
        #"{"verb":"hold","by":"a","reason":"","overrides":[]}"#,
        #"{"verb":"failover","by":"a","reason":"b","overrides":["hold"]}"#,
        #"{"verb":"close-ledger","by":"a","reason":"b","failover":0}"#,
    ])
    func whatIsNotARequestIsRefusedWithAReason(body: String) async throws {
        try await serving { path, transport in
            let answer = try await Self.send(
                "POST", "/v1/workloads/orders/requests", Array(body.utf8), path, transport)
            #expect(answer.status == 400)
        }
    }

    @Test("I5: a body beyond the limit is refused")
    func aBodyBeyondTheLimitIsRefused() async throws {
        try await serving { path, transport in
            let body = [UInt8](repeating: UInt8(ascii: "x"), count: RequestBody.maximumBytes + 1)
            let answer = try await Self.send("POST", "/v1/workloads/orders/requests", body, path, transport)
            #expect(answer.status == 413)
        }
    }

    @Test func onlyTheOwnerCanOpenTheSocket() async throws {
        try await serving { path, _ in
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func aGroupMayBeLetInAsWell() async throws {
        try await serving(group: UInt32(getgid())) { path, transport in
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o660)
            #expect((attributes[.groupOwnerAccountID] as? NSNumber)?.uint32Value == UInt32(getgid()))
            #expect(try await Self.send("GET", "/v1/status", [], path, transport).status == 200)
        }
    }

    @Test func aRequestNeedsAKeyAndItsType() async throws {
        try await serving { path, transport in
            let body = Array(#"{"verb":"hold","by":"a","reason":"b"}"#.utf8)
            let target = "http://drctl/v1/workloads/orders/requests"
            for (headers, status) in [
                ([HTTPHeader("Content-Type", "application/json")], 400),
                (
                    [HTTPHeader("Content-Type", "application/json"), HTTPHeader("Idempotency-Key", "a b")],
                    400
                ),
                ([HTTPHeader("Content-Type", "text/plain"), HTTPHeader("Idempotency-Key", "a")], 415),
            ] {
                let answer = try await transport.send(
                    HTTPRequest(
                        method: "POST", url: target, headers: HTTPHeaders(headers), body: body,
                        unixSocketPath: path))
                #expect(answer.status == status)
                #expect(try Self.decode(Refusal.self, answer).error.isEmpty == false)
            }
        }
    }

    @Test func aSocketLeftByADeadProcessIsReplacedAndAFileIsNot() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/api.sock"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        await #expect(throws: ServerError.self) {
            try await Self.server(path).run {}
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test func aSocketThatIsAnsweredIsLeftToWhoAnswers() async throws {
        try await serving { path, transport in
            await #expect(throws: ServerError.self) { try await Self.server(path).run {} }
            let answer = try await Self.send("GET", "/v1/status", [], path, transport)
            #expect(answer.status == 200)
        }
    }

    // MARK: - Fixture

    func serving(
        group: UInt32? = nil, _ body: @escaping @Sendable (String, CurlTransport) async throws -> Void
    ) async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/api.sock"
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        let transport = CurlTransport()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await Self.server(path, group: group).run { isReady.yield() } }
            for await _ in ready { break }
            try await body(path, transport)
            tasks.cancelAll()
        }
        await transport.shutdown()
    }

    static func server(_ path: String, group: UInt32? = nil) -> OperatorServer {
        let echo = Echo()
        return OperatorServer(
            operations: echo, page: quietPage(echo), socketPath: path, group: group, logger: quietLogger())
    }

    static func folder() throws -> String {
        let path = NSTemporaryDirectory() + "drctl-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    static func send(
        _ method: String, _ target: String, _ body: [UInt8], _ path: String, _ transport: CurlTransport
    ) async throws -> HTTPResponse {
        try await transport.send(
            HTTPRequest(
                method: method, url: "http://drctl" + target,
                headers: [
                    HTTPHeader("Content-Type", "application/json"),
                    HTTPHeader("Idempotency-Key", "key-\(body.count)"),
                ],
                body: body, unixSocketPath: path))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ response: HTTPResponse) throws -> Value {
        try JSONDecoder().decode(type, from: Data(response.body))
    }
}
