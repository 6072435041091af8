/// Reads the items of one partition in the order of their sort key.
public struct Query: DynamoDBOperation {
    public static let name = "Query"
    public var kind: OperationKind { .read }

    public var tableName: String
    public var keyConditionExpression: String
    public var expressionAttributeNames: [String: String]
    public var expressionAttributeValues: [String: AttributeValue]
    /// False: the largest sort key first.
    public var scanIndexForward: Bool
    /// Items in one answer at the most; DynamoDB also ends an answer at 1 MB.
    public var limit: Int?
    /// False may show the past.
    public var consistentRead: Bool
    /// Where the answer before this one ended.
    public var exclusiveStartKey: [String: AttributeValue]?

    public init(
        tableName: String, keyConditionExpression: String, expressionAttributeNames: [String: String] = [:],
        expressionAttributeValues: [String: AttributeValue], scanIndexForward: Bool = true,
        limit: Int? = nil, consistentRead: Bool = true, exclusiveStartKey: [String: AttributeValue]? = nil
    ) {
        self.tableName = tableName
        self.keyConditionExpression = keyConditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.scanIndexForward = scanIndexForward
        self.limit = limit
        self.consistentRead = consistentRead
        self.exclusiveStartKey = exclusiveStartKey
    }

    public func encode() -> JSONValue {
        let names = expressionAttributeNames.sorted { $0.key < $1.key }
        return .object(present: [
            ("TableName", .string(tableName)), ("KeyConditionExpression", .string(keyConditionExpression)),
            (
                "ExpressionAttributeNames",
                names.isEmpty ? nil : .object(names.map { .init($0.key, .string($0.value)) })
            ),
            ("ExpressionAttributeValues", AttributeValue.json(expressionAttributeValues)),
            ("ScanIndexForward", .bool(scanIndexForward)), ("Limit", limit.map { .number(String($0)) }),
            ("ConsistentRead", .bool(consistentRead)),
            ("ExclusiveStartKey", exclusiveStartKey.map(AttributeValue.json)),
        ])
    }

    public struct Output: Sendable, Equatable {
        public var items: [[String: AttributeValue]]
        /// Nil when there is nothing after these.
        public var lastEvaluatedKey: [String: AttributeValue]?
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        guard let found = document["Items"]?.array else { throw MalformedResponse("there are no Items") }
        var items: [[String: AttributeValue]] = []
        for item in found { items.append(try AttributeValue.item(item)) }
        guard let last = document["LastEvaluatedKey"], last.members?.isEmpty == false else {
            return Output(items: items, lastEvaluatedKey: nil)
        }
        return Output(items: items, lastEvaluatedKey: try AttributeValue.item(last))
    }
}
