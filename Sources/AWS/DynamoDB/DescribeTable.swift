/// What a table is: its key, and whether it has copies in other Regions.
public struct DescribeTable: DynamoDBOperation {
    public static let name = "DescribeTable"
    public var kind: OperationKind { .read }

    public var tableName: String

    public init(tableName: String) { self.tableName = tableName }

    public func encode() -> JSONValue { .object([.init("TableName", .string(tableName))]) }

    public struct Output: Sendable, Equatable {
        /// `ACTIVE` when it can be used.
        public var tableStatus: String
        /// Names of the partition key and the sort key, if it has one, with their types (`S`, `N`).
        public var key: [String: String]
        /// The other Regions of a global table.
        public var replicaRegions: [String]
        /// `STRONG` for a global table whose writes are seen everywhere at once; nil for any other table.
        public var multiRegionConsistency: String?
        public var deletionProtectionEnabled: Bool
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        guard let table = document["Table"], let status = table["TableStatus"]?.string else {
            throw MalformedResponse("there is no Table with a status")
        }
        var types: [String: String] = [:]
        for attribute in table["AttributeDefinitions"]?.array ?? [] {
            if let name = attribute["AttributeName"]?.string {
                types[name] = attribute["AttributeType"]?.string
            }
        }
        let names = (table["KeySchema"]?.array ?? []).compactMap { $0["AttributeName"]?.string }
        return Output(
            tableStatus: status, key: types.filter { names.contains($0.key) },
            replicaRegions: (table["Replicas"]?.array ?? []).compactMap { $0["RegionName"]?.string },
            multiRegionConsistency: table["MultiRegionConsistency"]?.string,
            deletionProtectionEnabled: table["DeletionProtectionEnabled"]?.bool ?? false)
    }
}
