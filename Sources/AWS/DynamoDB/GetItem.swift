/// Reads one item.
public struct GetItem: DynamoDBOperation {
    public static let name = "GetItem"
    public var kind: OperationKind { .read }

    public var tableName: String
    public var key: [String: AttributeValue]
    /// False may show the past.
    public var consistentRead: Bool

    public init(tableName: String, key: [String: AttributeValue], consistentRead: Bool = true) {
        self.tableName = tableName
        self.key = key
        self.consistentRead = consistentRead
    }

    public func encode() -> JSONValue {
        .object([
            .init("TableName", .string(tableName)), .init("Key", AttributeValue.json(key)),
            .init("ConsistentRead", .bool(consistentRead)),
        ])
    }

    public typealias Output = [String: AttributeValue]?

    /// Nil when there is no such item.
    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> [String: AttributeValue]? {
        guard let item = document["Item"] else { return nil }
        return try AttributeValue.item(item)
    }
}
