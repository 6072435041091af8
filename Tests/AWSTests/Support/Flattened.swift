@testable import AWS

/// A value as leaves: a dotted path in lower case, since AWS writes `DBInstanceArn` and Swift
/// `dbInstanceArn`, and a text that is the same for the same number, time or truth.
struct Flattened: Equatable {
    var leaves: [String: String] = [:]
    /// Members that have no value.
    var absent: Set<String> = []

    /// What this room read, found by reflection, so that no member can be forgotten in a test.
    init(output: Any) {
        add(output, at: "")
    }

    /// What botocore read.
    init(recorded: JSONValue) {
        for leaf in recorded.leaves where !leaf.name.isEmpty {
            let path = leaf.name.hasSuffix(".unixSeconds") ? String(leaf.name.dropLast(12)) : leaf.name
            leaves[path.lowercased()] = Self.canonical(leaf.value)
        }
    }

    private mutating func add(_ value: Any, at path: String) {
        if let time = value as? WallTime {
            leaves[path] = Self.canonical(String(time.unixSeconds))
        } else if let scalar = value as? any WireScalar {
            leaves[path] = Self.canonical(scalar.wireText)
        } else {
            let mirror = Mirror(reflecting: value)
            if mirror.children.isEmpty { absent.insert(path) }
            for (index, child) in mirror.children.enumerated() {
                let inner = path.isEmpty ? "" : "\(path)."
                switch mirror.displayStyle {
                case .optional: add(child.value, at: path)
                case .collection: add(child.value, at: "\(inner)\(index + 1)")
                case .dictionary:
                    guard let pair = child.value as? (key: String, value: String) else { continue }
                    add(pair.value, at: inner + pair.key.lowercased())
                default: add(child.value, at: inner + (child.label ?? "").lowercased())
                }
            }
        }
    }

    private static func canonical(_ text: String) -> String {
        if let time = WallTime(iso8601: text) { return String(time.unixSeconds) }
        return Double(text).map { String($0) } ?? text
    }
}
