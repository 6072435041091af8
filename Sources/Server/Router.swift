import Failover
import Foundation
import Hummingbird

/// The operator API, `/v1`. It decides nothing: it asks the controller and says what came back.
struct OperatorRoutes: Sendable {
    let operations: any Operations

    /// Requests are a few hundred bytes; more is a mistake or an attack.
    static let maximumBody = 64 * 1024
    /// Records in one answer.
    static let maximumHistory = 1000

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/livez") { _, _ in "ok\n" }
        router.get("/v1/status") { _, _ in try json(await operations.status()) }
        router.get("/v1/history") { request, _ in try await history(request) }
        router.post("/v1/workloads/:workload/requests") { request, context in
            let body = try await body(request, context)
            let id = try workload(context)
            guard await operations.knows(id) else {
                return try json(Refusal(error: "there is no workload \(id)"), status: .notFound)
            }
            let reply = await operations.request(body, for: id)
            switch reply {
            case .accepted(let message): return try json(RequestAnswer(accepted: true, message: message))
            case .refused(let message):
                return try json(RequestAnswer(accepted: false, message: message), status: .conflict)
            case .inDoubt(let message):
                return try json(
                    RequestAnswer(accepted: false, inDoubt: true, message: message),
                    status: .serviceUnavailable)
            }
        }
        router.post("/v1/workloads/:workload/dry-run") { request, context in
            let body = try await body(request, context)
            let id = try workload(context)
            guard let report = await operations.dryRun(body, of: id) else {
                return try json(Refusal(error: "there is no workload \(id)"), status: .notFound)
            }
            return try json(report)
        }
        return router
    }

    private func history(_ request: Request) async throws -> Response {
        let parameters = request.uri.queryParameters
        let workload = parameters.get("workload").map { WorkloadID($0) }
        let limit = min(max(parameters.get("limit", as: Int.self) ?? 100, 1), Self.maximumHistory)
        let entries =
            if let after = parameters.get("after", as: Int64.self) {
                try await operations.history(after: after, workload: workload, limit: limit)
            } else {
                try await operations.latest(workload: workload, limit: limit)
            }
        return try json(entries.map(HistoryEntry.init))
    }

    private func workload(_ context: BasicRequestContext) throws -> WorkloadID {
        WorkloadID(try context.parameters.require("workload"))
    }

    private func body(_ request: Request, _ context: BasicRequestContext) async throws -> OperatorRequest {
        let buffer = try await request.body.collect(upTo: Self.maximumBody)
        do {
            let body = try JSONDecoder().decode(OperatorRequest.self, from: Data(buffer.readableBytesView))
            guard !body.by.isEmpty, !body.reason.isEmpty, body.by.count <= 200, body.reason.count <= 2000
            else {
                throw HTTPError(
                    .badRequest, message: "'by' and 'reason' must be given (at most 200 and 2000 characters)")
            }
            return body
        } catch let error as DecodingError {
            throw HTTPError(.badRequest, message: "not an operator request: \(error)")
        }
    }
}

/// The contract's JSON: sorted keys, slashes as they are.
public func contractEncoder(pretty: Bool = false) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
        pretty
        ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
    return encoder
}

func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
    let data = try contractEncoder().encode(value)
    return Response(
        status: status, headers: [.contentType: "application/json"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
}
