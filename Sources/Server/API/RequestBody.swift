import Failover
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a person asks for, as it is sent: `OperatorRequest` without what does not apply.
struct RequestBody: Decodable {
    var verb: OperatorRequest.Verb
    var by: String
    var reason: String
    var overrides: [GateID]?
    var failover: Int?

    /// Requests are a few hundred bytes; more is a mistake or an attack.
    static let maximumBytes = 64 * 1024
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")

    /// Gates that a person may take the responsibility for by name.
    static let overridable = Gates.ids(passedOver: .allowDataLoss) + Gates.ids(passedOver: .named)

    static func read(_ request: Request, by caller: Caller) async throws -> OperatorRequest {
        // A form of somebody else's page cannot send this type.
        let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased()
        guard type?.trimmingCharacters(in: .whitespaces) == "application/json" else {
            throw HTTPError(.unsupportedMediaType, message: "send application/json")
        }
        let buffer = try await request.body.collect(upTo: maximumBytes)
        let body: RequestBody
        do {
            body = try JSONDecoder().decode(RequestBody.self, from: Data(buffer.readableBytesView))
        } catch {
            throw HTTPError(.badRequest, message: "not an operator request: \(error)")
        }
        return try body.checked(by: caller)
    }

    /// The name that a repeat is known by.
    static func key(_ request: Request) throws -> String {
        guard let key = idempotencyKey.flatMap({ request.headers[$0] }),
            key.wholeMatch(of: /[A-Za-z0-9._:-]{1,128}/) != nil
        else {
            throw HTTPError(
                .badRequest,
                message: "Idempotency-Key is needed, 1 to 128 of A-Z, a-z, 0-9 and ._:- : a new one for "
                    + "every request, and the same one to send it again")
        }
        return key
    }

    private func checked(by caller: Caller) throws -> OperatorRequest {
        guard (1...200).contains(by.unicodeScalars.count), (1...2000).contains(reason.unicodeScalars.count)
        else {
            throw HTTPError(
                .badRequest, message: "'by' and 'reason' must be given (at most 200 and 2000 characters)")
        }
        for gate in overrides ?? [] where !Self.overridable.contains(gate) {
            let known = Self.overridable.map(\.rawValue).joined(separator: ", ")
            throw HTTPError(.badRequest, message: "'overrides' takes \(known), and no other gate")
        }
        guard (1...Int(Int32.max)).contains(failover ?? 1) else {
            throw HTTPError(.badRequest, message: "'failover' counts from 1")
        }
        // What somebody says of themselves, and what is known of them.
        let known = caller.name.map { $0 == by ? "" : " (token \($0))" } ?? ""
        return OperatorRequest(
            verb: verb, by: by + known, reason: reason, overrides: overrides ?? [], failover: failover)
    }
}
