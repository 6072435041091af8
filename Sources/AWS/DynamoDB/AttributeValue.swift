/// A value in a table: the kinds that a lease and a journal need.
public enum AttributeValue: Sendable, Hashable {
    case string(String)
    /// As text: up to 38 digits.
    case number(String)
    case bool(Bool)
    case null
    indirect case list([AttributeValue])
    indirect case map([String: AttributeValue])

    public static func number(_ value: Int) -> AttributeValue { .number(String(value)) }

    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    public var int: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }

    var json: JSONValue {
        switch self {
        case .string(let text): .object([.init("S", .string(text))])
        case .number(let text): .object([.init("N", .string(text))])
        case .bool(let value): .object([.init("BOOL", .bool(value))])
        case .null: .object([.init("NULL", .bool(true))])
        case .list(let values): .object([.init("L", .array(values.map(\.json)))])
        case .map(let item): .object([.init("M", Self.json(item))])
        }
    }

    init(_ json: JSONValue) throws(MalformedResponse) {
        guard let members = json.members, members.count == 1, let member = members.first else {
            throw MalformedResponse("an attribute value has not exactly one type")
        }
        switch (member.name, member.value) {
        case ("S", .string(let text)): self = .string(text)
        case ("N", .string(let text)): self = .number(text)
        case ("BOOL", .bool(let value)): self = .bool(value)
        case ("NULL", .bool): self = .null
        case ("L", .array(let values)):
            var list: [AttributeValue] = []
            for value in values { list.append(try AttributeValue(value)) }
            self = .list(list)
        case ("M", let value): self = .map(try Self.item(value))
        default: throw MalformedResponse("an attribute value has the type \(member.name.prefix(8))")
        }
    }

    /// Names in order, so that the same item always has the same bytes.
    static func json(_ item: [String: AttributeValue]) -> JSONValue {
        .object(item.sorted { $0.key < $1.key }.map { .init($0.key, $0.value.json) })
    }

    static func item(_ json: JSONValue) throws(MalformedResponse) -> [String: AttributeValue] {
        guard let members = json.members else { throw MalformedResponse("an item is no object") }
        var item: [String: AttributeValue] = [:]
        for member in members { item[member.name] = try AttributeValue(member.value) }
        return item
    }
}
