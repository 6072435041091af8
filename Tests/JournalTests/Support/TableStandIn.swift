import AWS
import Foundation
import HTTPTransport

/// DynamoDB as far as a shared journal needs it, with faults: one table, the conditions that the journal and
/// the lease write, and answers in its protocol.
///
/// `@unchecked Sendable`: all state is guarded by `lock`.
final class TableStandIn: Transport, @unchecked Sendable {
    enum Fault {
        /// Nothing is done.
        case unreachable
        /// It is done, and nobody hears of it.
        case answerLost
        case conflict
        /// The item is in somebody's transaction.
        case busy
        case throttled
        case none
    }

    private typealias Item = [String: Any]
    private let lock = NSLock()
    private var items: [String: Item] = [:]
    private var faults: [Fault] = []
    private var operations: [String] = []

    /// Called once, after an answer was lost.
    var between: (@Sendable () async -> Void)? {
        get { lock.withLock { afterwards } }
        set { lock.withLock { afterwards = newValue } }
    }
    private var afterwards: (@Sendable () async -> Void)?

    /// Each hits one write.
    func fail(_ faults: Fault...) { lock.withLock { self.faults = faults } }
    var asked: [String] { lock.withLock { operations } }

    /// What somebody with the console could do.
    func change(record sequence: Int, _ body: (inout [String: Any]) -> Void) {
        lock.withLock {
            guard var item = items["record/\(sequence)"] else { return }
            body(&item)
            items["record/\(sequence)"] = item
        }
    }

    func remove(record sequence: Int) { lock.withLock { items["record/\(sequence)"] = nil } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let operation = String((request.headers.first("X-Amz-Target") ?? "").split(separator: ".").last ?? "")
        let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? Item ?? [:]
        let fault = lock.withLock { () -> Fault? in
            operations.append(operation)
            let isWrite = operation == "TransactWriteItems" || operation == "UpdateItem"
            return isWrite && !faults.isEmpty ? faults.removeFirst() : nil
        }
        switch fault {
        case .unreachable: throw failure(request, mayHaveReachedServer: false)
        case .throttled: return reply(400, ["__type": "x#ThrottlingException"])
        case .busy: return reply(400, ["__type": "x#TransactionConflictException"])
        case .conflict: return cancelled(["TransactionConflict", "None"])
        case .answerLost:
            let afterwards = lock.withLock { () -> (@Sendable () async -> Void)? in
                _ = answer(operation, body)
                defer { self.afterwards = nil }
                return self.afterwards
            }
            await afterwards?()
            throw failure(request, mayHaveReachedServer: true)
        case .none?, nil: return lock.withLock { answer(operation, body) }
        }
    }

    private func failure(_ request: HTTPRequest, mayHaveReachedServer: Bool) -> TransportError {
        TransportError(
            kind: .connectionLost, url: request.url, detail: "a test",
            mayHaveReachedServer: mayHaveReachedServer)
    }

    private func answer(_ operation: String, _ body: Item) -> HTTPResponse {
        switch operation {
        case "GetItem": reply(200, items[key(body["Key"])].map { ["Item": $0] } ?? [:])
        case "UpdateItem": update(body)
        case "TransactWriteItems": transact(body)
        case "Query": query(body)
        default: reply(400, ["__type": "x#UnknownOperationException"])
        }
    }

    private func update(_ body: Item) -> HTTPResponse {
        let (name, values) = (key(body["Key"]), body["ExpressionAttributeValues"] as? Item ?? [:])
        guard holds(body["ConditionExpression"], items[name], values) else {
            return reply(400, ["__type": "x#ConditionalCheckFailedException"])
        }
        var item = items[name] ?? body["Key"] as? Item ?? [:]
        let text = (body["UpdateExpression"] as? String ?? "").replacingOccurrences(of: "SET ", with: "")
        for part in text.components(separatedBy: ", ") {
            let sides = part.components(separatedBy: " = ")
            item[sides[0]] = values[sides[1]]
        }
        items[name] = item
        return reply(200, ["Attributes": item])
    }

    private func transact(_ body: Item) -> HTTPResponse {
        let actions = body["TransactItems"] as? [Item] ?? []
        let reasons = actions.map { action -> String in
            let detail = action.values.first as? Item ?? [:]
            let name = key(detail["Key"] ?? detail["Item"])
            let values = detail["ExpressionAttributeValues"] as? Item ?? [:]
            return holds(detail["ConditionExpression"], items[name], values)
                ? "None" : "ConditionalCheckFailed"
        }
        guard reasons.allSatisfy({ $0 == "None" }) else { return cancelled(reasons) }
        for action in actions {
            if let item = (action["Put"] as? Item)?["Item"] as? Item { items[key(item)] = item }
        }
        return reply(200, [:])
    }

    private func query(_ body: Item) -> HTTPResponse {
        let values = body["ExpressionAttributeValues"] as? Item ?? [:]
        let isForward = body["ScanIndexForward"] as? Bool ?? true
        let start = (body["ExclusiveStartKey"] as? Item).map(number)
        var found = items.values.filter { item in
            (item["pk"] as? [String: String]) == (values[":pk"] as? [String: String])
                && number(item) > Int((values[":after"] as? [String: String])?["N"] ?? "") ?? 0
                && (start.map { isForward ? number(item) > $0 : number(item) < $0 } ?? true)
        }
        found.sort { isForward ? number($0) < number($1) : number($0) > number($1) }
        // A page of three, whatever is asked for: DynamoDB ends pages where it likes.
        let page = Array(found.prefix(min(body["Limit"] as? Int ?? 3, 3)))
        var answer: Item = ["Items": page]
        if page.count < found.count, let last = page.last {
            answer["LastEvaluatedKey"] = last.filter { ["pk", "sk"].contains($0.key) }
        }
        return reply(200, answer)
    }

    private func number(_ item: Item) -> Int { Int((item["sk"] as? [String: String])?["N"] ?? "") ?? 0 }

    private func key(_ key: Any?) -> String {
        let key = key as? Item ?? [:]
        return "\((key["pk"] as? [String: String])?["S"] ?? "")/\(number(key))"
    }

    private func holds(_ condition: Any?, _ item: Item?, _ values: Item) -> Bool {
        guard let condition = condition as? String else { return true }
        if condition == "attribute_not_exists(pk)" { return item == nil }
        return condition.components(separatedBy: " AND ").allSatisfy { part in
            let sides = part.components(separatedBy: " = ")
            return item?[sides[0]] as? [String: String] == values[sides[1]] as? [String: String]
        }
    }

    private func cancelled(_ reasons: [String]) -> HTTPResponse {
        reply(
            400,
            [
                "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "CancellationReasons": reasons.map { ["Code": $0] },
            ])
    }

    private func reply(_ status: Int, _ body: Item) -> HTTPResponse {
        let data = (try? JSONSerialization.data(withJSONObject: body)) ?? Data()
        return HTTPResponse(status: status, headers: HTTPHeaders([]), body: Array(data))
    }
}
