/// Reads several items as they were at one moment.
public struct TransactGetItems: DynamoDBOperation {
    public static let name = "TransactGetItems"
    public var kind: OperationKind { .read }

    /// At most 100.
    public var gets: [Get]

    public struct Get: Sendable, Hashable {
        public var tableName: String
        public var key: [String: AttributeValue]

        public init(tableName: String, key: [String: AttributeValue]) {
            self.tableName = tableName
            self.key = key
        }
    }

    public init(_ gets: [Get]) {
        self.gets = gets
    }

    public func encode() -> JSONValue {
        let items = gets.map { get in
            JSONValue.object([
                .init(
                    "Get",
                    .object([
                        .init("Key", AttributeValue.json(get.key)),
                        .init("TableName", .string(get.tableName)),
                    ]))
            ])
        }
        return .object([.init("TransactItems", .array(items))])
    }

    /// In the order of the question; nil for what does not exist.
    public typealias Output = [[String: AttributeValue]?]

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var items: Output = []
        for response in document["Responses"]?.array ?? [] {
            guard let item = response["Item"] else {
                items.append(nil)
                continue
            }
            items.append(try AttributeValue.item(item))
        }
        return items
    }
}
