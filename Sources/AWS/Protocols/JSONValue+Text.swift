extension JSONValue {
    /// The document as text, compact, members in their order.
    public var text: String {
        var text = ""
        write(into: &text)
        return text
    }

    /// The leaves, with dotted names; items of a list are counted from one.
    public var leaves: [(name: String, value: String)] {
        leaves(under: "")
    }

    private func write(into text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let value): Self.quote(value, into: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(into: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.quote(member.name, into: &text)
                text += ":"
                member.value.write(into: &text)
            }
            text += "}"
        }
    }

    private func leaves(under name: String) -> [(name: String, value: String)] {
        let prefix = name.isEmpty ? "" : "\(name)."
        switch self {
        case .null: return [(name, "null")]
        case .bool(let value): return [(name, value ? "true" : "false")]
        case .number(let text), .string(let text): return [(name, text)]
        case .array(let values):
            return values.enumerated().flatMap { $1.leaves(under: "\(prefix)\($0 + 1)") }
        case .object(let members):
            return members.flatMap { $0.value.leaves(under: prefix + $0.name) }
        }
    }

    private static func quote(_ value: String, into text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
