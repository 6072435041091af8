/// Writes a request body, without declaration or indentation, as botocore does.
public struct XMLWriter: Sendable, Equatable {
    public private(set) var text = ""
    private var path: [String] = []
    private var flat: [Leaf] = []

    private struct Leaf: Sendable, Equatable {
        var name: String
        var value: String
    }

    /// A document with one root element.
    public init(root: String, namespace: String, _ fill: (inout XMLWriter) -> Void) {
        text = "<\(root) xmlns=\"\(Self.escaped(namespace, inAttribute: true))\">"
        fill(&self)
        text += "</\(root)>"
    }

    /// The leaves of the document, with dotted names; items of a list are counted from one.
    public var leaves: [(name: String, value: String)] {
        flat.map { ($0.name, $0.value) }
    }

    /// An element with text; nothing at all when there is no value.
    public mutating func add(_ name: String, _ value: (some WireScalar)?) {
        guard let value else { return }
        text += "<\(name)>\(Self.escaped(value.wireText, inAttribute: false))</\(name)>"
        flat.append(Leaf(name: (path + [name]).joined(separator: "."), value: value.wireText))
    }

    /// An element with elements in it.
    public mutating func structure(_ name: String, _ fill: (inout XMLWriter) -> Void) {
        nest(name, label: name, fill)
    }

    /// `<name><item>…</item><item>…</item></name>`; nothing at all when the list is empty.
    public mutating func list<Item>(
        _ name: String, item: String, _ items: [Item], _ fill: (inout XMLWriter, Item) -> Void
    ) {
        guard !items.isEmpty else { return }
        structure(name) { list in
            for (index, element) in items.enumerated() {
                list.nest(item, label: String(index + 1)) { fill(&$0, element) }
            }
        }
    }

    private mutating func nest(_ name: String, label: String, _ fill: (inout XMLWriter) -> Void) {
        text += "<\(name)>"
        path.append(label)
        fill(&self)
        path.removeLast()
        text += "</\(name)>"
    }

    private static func escaped(_ text: String, inAttribute: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where inAttribute: result += "&quot;"
            // A bare carriage return would be read back as a line feed.
            case "\r": result += "&#13;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
