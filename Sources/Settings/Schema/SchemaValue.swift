/// JSON with its keys in the order in which they were written.
indirect enum SchemaValue {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([SchemaValue])
    case object([(String, SchemaValue)])

    /// Indented by two, as people keep it.
    func json(_ indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .text(let text): return Self.quoted(text)
        case .number(let number): return String(number)
        case .flag(let flag): return flag ? "true" : "false"
        case .list(let items):
            let lines = items.map { inner + $0.json(inner) }
            return items.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
        case .object(let pairs):
            let lines = pairs.map { "\(inner)\(Self.quoted($0.0)): \($0.1.json(inner))" }
            return pairs.isEmpty ? "{}" : "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        }
    }

    static func texts(_ words: [String]) -> SchemaValue { .list(words.map(SchemaValue.text)) }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
