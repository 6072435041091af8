/// What one JSON value writes as itself.
public protocol JSONScalar: Sendable {
    var json: JSONValue { get }
}

extension String: JSONScalar {
    public var json: JSONValue { .string(self) }
}

extension Int: JSONScalar {
    public var json: JSONValue { .number(String(self)) }
}

extension Bool: JSONScalar {
    public var json: JSONValue { .bool(self) }
}

/// The members of a JSON object, in the order in which they were added.
public struct JSONMembers: Sendable {
    private var members: [JSONValue.Member] = []

    public init() {}

    public var object: JSONValue { .object(members) }

    /// One member; nothing at all when there is no value.
    public mutating func add(_ name: String, _ value: (some JSONScalar)?) {
        guard let value else { return }
        members.append(.init(name, value.json))
    }

    /// A list of plain values. An empty list is left out: nothing here means "none".
    public mutating func list(_ name: String, _ values: [some JSONScalar]) {
        guard !values.isEmpty else { return }
        members.append(.init(name, .array(values.map(\.json))))
    }

    /// A list of structures; left out when it is empty.
    public mutating func list<Item>(
        _ name: String, _ items: [Item], _ fill: (inout JSONMembers, Item) -> Void
    ) {
        guard !items.isEmpty else { return }
        let objects = items.map { item in
            var inner = JSONMembers()
            fill(&inner, item)
            return inner.object
        }
        members.append(.init(name, .array(objects)))
    }
}

/// An operation of the JSON protocols whose input is plain members, as those of every service but DynamoDB.
public protocol JSONMembersOperation: JSONOperation {
    func encode(into json: inout JSONMembers)
}

extension JSONMembersOperation {
    public func encode() -> JSONValue {
        var members = JSONMembers()
        encode(into: &members)
        return members.object
    }
}
