import Failover
import Foundation
import HTTPTypes
import Hummingbird

extension OperatorRoutes {
    /// A request that changes something: who, why, and a key that a repeat of it is known by.
    func act(_ request: Request, _ context: CallerContext) async throws -> Response {
        guard context.caller.mayAct else {
            let way =
                switch access {
                case .open: "over this address one may only read: act over the Unix socket, or with a token"
                case .socket, .tokens: "this token may read and not act (and Basic never may)"
                }
            throw HTTPError(.forbidden, message: way)
        }
        let id = try await workload(context)
        var body = try await RequestBody.read(request, by: context.caller)
        body.key = try RequestBody.key(request)
        do {
            let outcome = try await desk.submit(body, for: id)
            return try answer(outcome)
        } catch is RequestDesk.Mismatch {
            throw HTTPError(
                .unprocessableContent, message: "this Idempotency-Key has been used for another request")
        }
    }

    private func answer(_ outcome: RequestDesk.Outcome) throws -> Response {
        let repeated = outcome.isRepeated ? true : nil
        switch outcome.reply {
        case .accepted(let message):
            return try json(RequestAnswer(accepted: true, repeated: repeated, message: message))
        case .refused(let message):
            return try json(
                RequestAnswer(accepted: false, repeated: repeated, message: message), status: .conflict)
        case .inDoubt(let message):
            return try json(
                RequestAnswer(accepted: false, inDoubt: true, repeated: repeated, message: message),
                status: .serviceUnavailable)
        }
    }

    func history(_ request: Request) async throws -> Response {
        let workload = try parameter("workload", of: request) { $0.isEmpty ? nil : WorkloadID($0) }
        let limit = try parameter("limit", of: request) { text in
            Int(text).flatMap { (1...Self.maximumHistory).contains($0) ? $0 : nil }
        }
        let after = try parameter("after", of: request) { text in Int64(text).flatMap { $0 >= 0 ? $0 : nil } }
        let entries =
            if let after {
                try await operations.history(after: after, workload: workload, limit: limit ?? 100)
            } else {
                try await operations.latest(workload: workload, limit: limit ?? 100)
            }
        return try json(entries.map(HistoryEntry.init))
    }

    func explanation(_ request: Request, _ context: CallerContext) async throws -> Response {
        let id = try await workload(context)
        let now = await operations.status().now
        let at = try parameter("at", of: request) { Moment.read($0, now: now) }
        guard let at else {
            let entries = try await operations.latest(workload: id, limit: Self.maximumHistory)
            return try json(Explanation(workload: id, records: entries.map(\.record)))
        }
        guard at <= now else {
            throw HTTPError(.notFound, message: "\(at) is in the future: nothing has been decided for then")
        }
        // It reads the whole journal: one at a time, however many ask.
        let isFirst = isReadingThePast.withLock { isReading -> Bool in
            defer { isReading = true }
            return !isReading
        }
        guard isFirst else {
            throw HTTPError(
                .serviceUnavailable, headers: [.retryAfter: "2"], message: "another one is being read")
        }
        defer { isReadingThePast.withLock { $0 = false } }
        guard let explanation = try await operations.explanation(of: id, at: at) else {
            throw HTTPError(.notFound, message: "the journal begins later: nothing is known of \(at)")
        }
        return try json(explanation)
    }

    /// Nil when it is not there; one that cannot be read is refused, never taken for another one.
    private func parameter<Value>(
        _ name: String, of request: Request, _ read: (String) -> Value?
    ) throws -> Value? {
        guard let text = request.uri.queryParameters.get(name) else { return nil }
        guard let value = read(text) else {
            throw HTTPError(.badRequest, message: "'\(name)' cannot be read: see /v1/openapi.json")
        }
        return value
    }

    func workload(_ context: CallerContext) async throws -> WorkloadID {
        let id = WorkloadID(try context.parameters.require("workload"))
        guard await operations.knows(id) else { throw Self.unknown(id) }
        return id
    }

    static func unknown(_ id: WorkloadID) -> HTTPError {
        HTTPError(.notFound, message: "there is no workload of that name")
    }

    /// The description of all this, as it is kept in the source.
    static func document() -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_json)))
    }
}

/// A workload with its open ledgers.
public struct WorkloadLedgers: Sendable, Codable {
    public var workload: WorkloadID
    public var ledgers: [LossLedger]

    public init(_ view: WorkloadView) {
        workload = view.id
        ledgers = view.ledgers
    }
}

/// A rule, as `drctl rules --json` has it.
struct RuleRow: Encodable {
    var id: RuleID
    var from: [Phase]
    var on: String
    var when: String
    var to: Phase
    var because: String

    init(_ rule: Rule) {
        (id, from, on, when) = (rule.id, rule.from, rule.on.rawValue, rule.when.rawValue)
        (to, because) = (rule.to, rule.because)
    }
}

extension MetricsText {
    var readiness: Response {
        let why = obstacle
        return plain((why ?? "ok") + "\n", status: why == nil ? .ok : .serviceUnavailable)
    }
}

func plain(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
        status: status, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
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
