/// Several writes, each on its condition: all of them or none.
public struct TransactWriteItems: DynamoDBOperation {
    public static let name = "TransactWriteItems"
    /// The token makes twice the same as once, for ten minutes.
    public var kind: OperationKind { .repeatableMutation }

    /// At most 100, of 4 MB together, each for another item.
    public var transactItems: [Action]
    /// 1 to 36 characters, unique to these writes.
    public var clientRequestToken: String

    public enum Action: Sendable, Equatable {
        /// Nothing is written; the others are only if this holds.
        case check(ConditionedKey)
        case put(tableName: String, item: [String: AttributeValue], condition: String?)
        case update(Update)
    }

    public struct ConditionedKey: Sendable, Equatable {
        public var tableName: String
        public var key: [String: AttributeValue]
        public var conditionExpression: String
        public var expressionAttributeValues: [String: AttributeValue]

        public init(
            tableName: String, key: [String: AttributeValue], conditionExpression: String,
            expressionAttributeValues: [String: AttributeValue]
        ) {
            self.tableName = tableName
            self.key = key
            self.conditionExpression = conditionExpression
            self.expressionAttributeValues = expressionAttributeValues
        }
    }

    /// A change of one item, perhaps on a condition.
    public struct Update: Sendable, Equatable {
        public var tableName: String
        public var key: [String: AttributeValue]
        public var updateExpression: String
        public var conditionExpression: String?
        public var expressionAttributeNames: [String: String]
        public var expressionAttributeValues: [String: AttributeValue]

        public init(
            tableName: String, key: [String: AttributeValue], updateExpression: String,
            conditionExpression: String? = nil, expressionAttributeNames: [String: String] = [:],
            expressionAttributeValues: [String: AttributeValue] = [:]
        ) {
            self.tableName = tableName
            self.key = key
            self.updateExpression = updateExpression
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
        }
    }

    public init(_ transactItems: [Action], clientRequestToken: String) {
        self.transactItems = transactItems
        self.clientRequestToken = clientRequestToken
    }

    public func encode() -> JSONValue {
        .object([
            .init("TransactItems", .array(transactItems.map(\.json))),
            .init("ClientRequestToken", .string(clientRequestToken)),
        ])
    }

    public struct Output: Sendable, Equatable {}

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output { Output() }
}

extension TransactWriteItems.Action {
    fileprivate var json: JSONValue {
        switch self {
        case .check(let check):
            .object([
                .init(
                    "ConditionCheck",
                    .object([
                        .init("Key", AttributeValue.json(check.key)),
                        .init("ConditionExpression", .string(check.conditionExpression)),
                        .init("TableName", .string(check.tableName)),
                        .init(
                            "ExpressionAttributeValues",
                            AttributeValue.json(check.expressionAttributeValues)),
                    ]))
            ])
        case .put(let tableName, let item, let condition):
            .object([
                .init(
                    "Put",
                    .object(present: [
                        ("Item", AttributeValue.json(item)), ("TableName", .string(tableName)),
                        ("ConditionExpression", condition.map { .string($0) }),
                    ]))
            ])
        case .update(let update):
            .object([
                .init(
                    "Update",
                    .object(
                        present: [
                            ("Key", AttributeValue.json(update.key)),
                            ("UpdateExpression", .string(update.updateExpression)),
                            ("TableName", .string(update.tableName)),
                            ("ConditionExpression", update.conditionExpression.map { .string($0) }),
                        ]
                            + AttributeValue.placeholders(
                                update.expressionAttributeNames, update.expressionAttributeValues)))
            ])
        }
    }
}

extension AWSError {
    /// Why each of a transaction's actions was refused, in their order: DynamoDB's codes, `None` for those
    /// that would have been all right. Nil when this is another error.
    public var cancellationReasons: [String]? {
        guard code == "TransactionCanceledException" else { return nil }
        let reasons = document?["CancellationReasons"]?.array ?? []
        return reasons.map { $0["Code"]?.string ?? "" }
    }
}
