/// The form fields of a query-protocol request, in the order in which they were added. The order does not
/// matter to AWS, but the signature is over exact bytes.
public struct QueryForm: Sendable {
    public private(set) var fields: [(name: String, value: String)] = []
    private var prefix = ""

    public init() {}

    /// One field; nothing at all when there is no value.
    public mutating func add(_ name: String, _ value: (some WireScalar)?) {
        guard let value else { return }
        fields.append((prefix + name, value.wireText))
    }

    /// A structure: every field inside gets `name.` in front.
    public mutating func structure(_ name: String, _ fill: (inout QueryForm) -> Void) {
        let outer = prefix
        prefix += "\(name)."
        fill(&self)
        prefix = outer
    }

    /// A list, counted from one: `Filters.Filter.1`. Each list shape has its own `item` name; in RDS alone 31
    /// of 120 say `member` and the others something else. An empty list is left out: nothing here means
    /// "none".
    public mutating func list<Item>(
        _ name: String, item: String, _ items: [Item], _ fill: (inout QueryForm, Item) -> Void
    ) {
        for (index, element) in items.enumerated() {
            structure("\(name).\(item).\(index + 1)") { fill(&$0, element) }
        }
    }

    /// A list of plain values.
    public mutating func list(_ name: String, item: String, _ values: [some WireScalar]) {
        for (index, value) in values.enumerated() {
            add("\(name).\(item).\(index + 1)", value)
        }
    }

    /// A flattened list, as in EC2: `GroupId.1`.
    public mutating func flatList<Item>(
        _ name: String, _ items: [Item], _ fill: (inout QueryForm, Item) -> Void
    ) {
        for (index, element) in items.enumerated() {
            structure("\(name).\(index + 1)") { fill(&$0, element) }
        }
    }

    /// A flattened list of plain values.
    public mutating func flatList(_ name: String, _ values: [some WireScalar]) {
        for (index, value) in values.enumerated() {
            add("\(name).\(index + 1)", value)
        }
    }

    /// The body, form-encoded.
    var encoded: String {
        fields
            .map { "\(PercentEncoding.encodeForm($0.name))=\(PercentEncoding.encodeForm($0.value))" }
            .joined(separator: "&")
    }
}
