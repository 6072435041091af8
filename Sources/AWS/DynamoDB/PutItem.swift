/// Writes one item as a whole, on a condition.
public struct PutItem: DynamoDBOperation {
    public static let name = "PutItem"
    /// Without a condition twice is the same as once; with one, read the item after an ambiguous failure.
    public var kind: OperationKind { conditionExpression == nil ? .repeatableMutation : .mutation }

    public var tableName: String
    public var item: [String: AttributeValue]
    public var conditionExpression: String?
    public var expressionAttributeNames: [String: String]
    public var expressionAttributeValues: [String: AttributeValue]

    public init(
        tableName: String, item: [String: AttributeValue], conditionExpression: String? = nil,
        expressionAttributeNames: [String: String] = [:],
        expressionAttributeValues: [String: AttributeValue] = [:]
    ) {
        self.tableName = tableName
        self.item = item
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
    }

    public func encode() -> JSONValue {
        .object(
            present: [
                ("TableName", .string(tableName)), ("Item", AttributeValue.json(item)),
                ("ConditionExpression", conditionExpression.map { .string($0) }),
            ]
                + AttributeValue.placeholders(expressionAttributeNames, expressionAttributeValues)
                // A refusal then carries the item as it is, which saves a read.
                + [("ReturnValuesOnConditionCheckFailure", .string("ALL_OLD"))])
    }

    public struct Output: Sendable, Equatable {}

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output { Output() }
}

extension AttributeValue {
    /// What the names and values in expressions stand for; members that are empty are refused by DynamoDB.
    static func placeholders(
        _ names: [String: String], _ values: [String: AttributeValue]
    ) -> [(String, JSONValue?)] {
        let sorted = names.sorted { $0.key < $1.key }
        return [
            (
                "ExpressionAttributeNames",
                names.isEmpty ? nil : .object(sorted.map { .init($0.key, .string($0.value)) })
            ),
            ("ExpressionAttributeValues", values.isEmpty ? nil : json(values)),
        ]
    }
}
