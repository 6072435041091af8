import Failover
import Foundation
import HTTPTransport
import Server

/// Talks to the running service: over its Unix socket, or over TLS.
struct ServiceClient: Sendable {
    private let door: Door
    private let transport: CurlTransport

    private enum Door {
        case socket(path: String)
        case server(base: String, token: String?)
    }

    init(socketPath: String) {
        door = .socket(path: socketPath)
        transport = CurlTransport(configuration: .init(userAgent: "drctl/\(Drctl.version)"))
    }

    /// `server`: https, or http on this host. A token goes over nothing that others can read.
    init(server: String, tokenFile: String?, caFile: String?) throws {
        let form = /(https?):\/\/([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?\/?/
        guard let match = server.wholeMatch(of: form) else {
            throw Failure(.usage, "--server takes https://host:port")
        }
        // 127.0.0.1.example.com is somebody else.
        let here = /localhost|\[::1\]|127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}/
        guard match.1 == "https" || match.2.wholeMatch(of: here) != nil else {
            throw Failure(.usage, "--server: http is for this host alone; write https://")
        }
        var token: String?
        if let tokenFile {
            let text = (try? String(contentsOfFile: tokenFile, encoding: .utf8)) ?? ""
            token = text.split(whereSeparator: \.isWhitespace).first.map(String.init)
            guard let token, token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
                throw Failure(.usage, "--token-file: \(tokenFile) holds no token")
            }
        }
        door = .server(base: server.hasSuffix("/") ? String(server.dropLast()) : server, token: token)
        transport = CurlTransport(
            configuration: .init(caBundlePath: caFile, userAgent: "drctl/\(Drctl.version)"))
    }

    func status() async throws -> ServiceStatus { try await get("/v1/status") }

    func history(after sequence: Int64?, workload: WorkloadID?, limit: Int) async throws -> [HistoryEntry] {
        var query = ["limit=\(limit)"]
        if let sequence { query.append("after=\(sequence)") }
        guard let workload else { return try await get("/v1/history?" + query.joined(separator: "&")) }
        return try await about(workload) {
            query.append("workload=\(try pathComponent(workload))")
            return try await get("/v1/history?" + query.joined(separator: "&"))
        }
    }

    func request(_ request: OperatorRequest, for workload: WorkloadID) async throws -> RequestAnswer {
        // A new key for every request: what is sent once more by hand is another request.
        try await about(workload) {
            try await post(
                "/v1/workloads/\(try pathComponent(workload))/requests", request, accepting: [200, 409, 503],
                key: UUID().uuidString)
        }
    }

    func explanation(of workload: WorkloadID, at time: Timestamp) async throws -> Explanation {
        try await about(workload) {
            try await get("/v1/workloads/\(try pathComponent(workload))/explanation?at=\(time)")
        }
    }

    func dryRun(_ request: OperatorRequest, of workload: WorkloadID) async throws -> DryRunReport {
        try await about(workload) {
            try await post("/v1/workloads/\(try pathComponent(workload))/dry-run", request, accepting: [200])
        }
    }

    /// Refuses a name that the service does not have, with those that it has.
    func checkName(_ workload: WorkloadID) async throws {
        let known = try await status().workloads.map(\.id.rawValue)
        guard known.contains(workload.rawValue) else {
            throw unknownWorkload(workload.rawValue, known: known)
        }
    }

    /// What is refused may be so because the name is misspelt, which is what a person wants to hear then.
    private func about<Answer>(
        _ workload: WorkloadID, _ ask: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await ask()
        } catch let failure as Failure where failure.status == .usage {
            do {
                try await checkName(workload)
            } catch let better as Failure where better.status == .usage {
                throw better
            } catch {}
            throw failure
        }
    }

    /// True when a service answers on the socket.
    func isThere() async -> Bool { (try? await send("GET", "/livez", body: [])) != nil }

    private func get<Answer: Decodable>(_ path: String) async throws -> Answer {
        try decode(try await send("GET", path, body: []), accepting: [200])
    }

    private func post<Answer: Decodable>(
        _ path: String, _ body: some Encodable, accepting: Set<Int>, key: String? = nil
    ) async throws -> Answer {
        let data = try contractEncoder().encode(body)
        let answer = try await send("POST", path, body: [UInt8](data), key: key)
        return try decode(answer, accepting: accepting)
    }

    /// `key`: of what changes something.
    private func send(
        _ method: String, _ path: String, body: [UInt8], key: String? = nil
    ) async throws -> HTTPResponse {
        do {
            return try await transport.send(request(method, path, body, key))
        } catch {
            if key != nil, error.mayHaveReachedServer {
                throw Failure(
                    .inDoubt,
                    "in doubt: the service was asked and gave no answer (\(error.detail)); drctl status and "
                        + "drctl history will tell whether the request counts")
            }
            throw Failure(.noAnswer, "no answer from the service: \(reason(error))")
        }
    }

    private func request(_ method: String, _ path: String, _ body: [UInt8], _ key: String?) -> HTTPRequest {
        var headers = [HTTPHeader("Content-Type", "application/json")]
        if let key { headers.append(HTTPHeader("Idempotency-Key", key)) }
        if case .server(_, let token?) = door {
            headers.append(HTTPHeader("Authorization", "Bearer \(token)"))
        }
        var request = HTTPRequest(
            method: method, url: "http://drctl\(path)", headers: HTTPHeaders(headers), body: body,
            timeouts: Timeouts(connect: .seconds(2), total: .seconds(30)))
        switch door {
        case .socket(let path): request.unixSocketPath = path
        case .server(let base, _):
            request.url = base + path
            request.timeouts.connect = .seconds(10)
        }
        return request
    }

    private func reason(_ error: TransportError) -> String {
        guard case .socket(let path) = door else { return error.detail }
        guard error.kind == .connectionRefused || error.kind == .other || error.kind == .unreachable else {
            return "\(path): \(error.detail)"
        }
        return
            "nothing that you may talk to listens on \(path). Start it: systemctl start drctl, or "
            + "drctl serve; it answers only the user that it runs as (sudo -u drctl drctl ...), and "
            + "controller.socket_group"
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
