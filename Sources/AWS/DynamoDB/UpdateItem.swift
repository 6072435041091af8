/// Changes one item, on a condition.
public struct UpdateItem: DynamoDBOperation {
    public static let name = "UpdateItem"
    /// After an ambiguous failure read the item: it tells whether the update took effect.
    public var kind: OperationKind { .mutation }

    public var tableName: String
    public var key: [String: AttributeValue]
    /// Words that DynamoDB reserves (`owner`, `ttl`, `name`) need a `#` name.
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

    public func encode() -> JSONValue {
        .object(
            present: [
                ("TableName", .string(tableName)), ("Key", AttributeValue.json(key)),
                ("UpdateExpression", .string(updateExpression)),
                ("ConditionExpression", conditionExpression.map { .string($0) }),
            ]
                + AttributeValue.placeholders(expressionAttributeNames, expressionAttributeValues)
                + [
                    ("ReturnValues", .string("ALL_NEW")),
                    // A refusal then carries the item as it is, which saves a read.
                    ("ReturnValuesOnConditionCheckFailure", .string("ALL_OLD")),
                ])
    }

    public typealias Output = [String: AttributeValue]

    /// The item as it is now.
    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> [String: AttributeValue] {
        guard let item = document["Attributes"] else { throw MalformedResponse("there are no Attributes") }
        return try AttributeValue.item(item)
    }
}
