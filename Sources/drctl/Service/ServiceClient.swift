import Failover
import Foundation
import HTTPTransport
import Server

/// Talks to the running service over its Unix socket.
struct ServiceClient: Sendable {
    let socketPath: String
    private let transport: CurlTransport

    init(socketPath: String) {
        self.socketPath = socketPath
        transport = CurlTransport(configuration: .init(userAgent: "drctl/\(Drctl.version)"))
    }

    func status() async throws -> ServiceStatus { try await get("/v1/status") }

    func history(after sequence: Int64?, workload: WorkloadID?, limit: Int) async throws -> [HistoryEntry] {
        var query = ["limit=\(limit)"]
        if let sequence { query.append("after=\(sequence)") }
        if let workload { query.append("workload=\(try pathComponent(workload))") }
        return try await get("/v1/history?" + query.joined(separator: "&"))
    }

    func request(_ request: OperatorRequest, for workload: WorkloadID) async throws -> RequestAnswer {
        try await post(
            "/v1/workloads/\(try pathComponent(workload))/requests", request, accepting: [200, 409, 503],
            changes: true)
    }

    func dryRun(_ request: OperatorRequest, of workload: WorkloadID) async throws -> DryRunReport {
        try await post("/v1/workloads/\(try pathComponent(workload))/dry-run", request, accepting: [200])
    }

    /// True when a service answers on the socket.
    func isThere() async -> Bool { (try? await send("GET", "/livez", body: [])) != nil }

    private func get<Answer: Decodable>(_ path: String) async throws -> Answer {
        try decode(try await send("GET", path, body: []), accepting: [200])
    }

    private func post<Answer: Decodable>(
        _ path: String, _ body: some Encodable, accepting: Set<Int>, changes: Bool = false
    ) async throws -> Answer {
        let data = try contractEncoder().encode(body)
        let answer = try await send("POST", path, body: [UInt8](data), changes: changes)
        return try decode(answer, accepting: accepting)
    }

    private func send(
        _ method: String, _ path: String, body: [UInt8], changes: Bool = false
    ) async throws -> HTTPResponse {
        let request = HTTPRequest(
            method: method, url: "http://drctl\(path)",
            headers: [HTTPHeader("Content-Type", "application/json")],
            body: body, timeouts: Timeouts(connect: .seconds(2), total: .seconds(30)),
            unixSocketPath: socketPath)
        do {
            return try await transport.send(request)
        } catch {
            if changes, error.mayHaveReachedServer {
                throw Failure(
                    .inDoubt,
                    "in doubt: the service was asked and gave no answer (\(error.detail)); drctl status and "
                        + "drctl history will tell whether the request counts")
            }
            throw Failure(.noAnswer, "no answer from the service: \(reason(error))")
        }
    }

    private func reason(_ error: TransportError) -> String {
        guard error.kind == .connectionRefused || error.kind == .other || error.kind == .unreachable else {
            return "\(socketPath): \(error.detail)"
        }
        return
            "nothing that you may talk to listens on \(socketPath). Start it: systemctl start drctl, or "
            + "drctl serve; it answers only the user that it runs as"
    }

    private func decode<Answer: Decodable>(_ response: HTTPResponse, accepting: Set<Int>) throws -> Answer {
        let data = Data(response.body)
        guard accepting.contains(response.status) else {
            let refusal = try? JSONDecoder().decode(Refusal.self, from: data).error
            let failure = try? JSONDecoder().decode(FrameworkFailure.self, from: data).error.message
            let text = refusal ?? failure ?? String(decoding: data.prefix(500), as: UTF8.self)
            throw Failure(
                response.status < 500 ? .usage : .failed, "the service says \(response.status): \(text)")
        }
        do {
            return try JSONDecoder().decode(Answer.self, from: data)
        } catch {
            throw Failure(
                .failed, "the service's answer cannot be read (is it another version of drctl?): \(error)")
        }
    }

    /// What the HTTP framework says by itself, of a body that cannot be read for example.
    private struct FrameworkFailure: Decodable {
        struct Inner: Decodable { var message: String }
        var error: Inner
    }

    private func pathComponent(_ workload: WorkloadID) throws -> String {
        let name = workload.rawValue
        let allowed = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard !name.isEmpty, name.utf8.count <= 63, allowed else {
            throw Failure(.usage, "'\(name)' is not a workload's name: 1 to 63 of a-z, 0-9 and -")
        }
        return name
    }
}
