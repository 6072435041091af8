/// The format of the shared AWS files: sections, `key = value`, and one level of indented `key = value` below
/// an empty value. Lines that are none of these are ignored, as the AWS tools do.
struct INIFile: Sendable, Equatable {
    /// By section name, as it stands between the brackets; then by key. A nested key is `outer.inner`.
    private(set) var sections: [String: [String: String]] = [:]

    init(_ text: String) {
        var section: String?
        var outer: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let indented = line.first == " " || line.first == "\t"
            let content = Self.withoutComment(Self.trimmed(line))
            guard !content.isEmpty else { continue }
            if !indented, content.first == "[" {
                section = Self.sectionName(content)
                if let section { sections[section, default: [:]] = sections[section] ?? [:] }
                outer = nil
                continue
            }
            guard let section, let equals = content.firstIndex(of: "=") else { continue }
            let key = Self.trimmed(content[..<equals]).lowercased()
            let value = String(Self.trimmed(content[content.index(after: equals)...]))
            if indented, let outer {
                sections[section]?["\(outer).\(key)"] = value
            } else {
                sections[section]?[key] = value
                outer = value.isEmpty ? key : nil
            }
        }
    }

    private static func sectionName(_ line: Substring) -> String? {
        guard let close = line.firstIndex(of: "]") else { return nil }
        let inside = line[line.index(after: line.startIndex)..<close]
        return inside.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// A comment starts a line, or follows a space: a `#` inside a value is part of the value.
    private static func withoutComment(_ line: Substring) -> Substring {
        if line.first == "#" || line.first == ";" { return "" }
        guard let start = line.firstRange(of: " #") ?? line.firstRange(of: " ;") else { return line }
        return trimmed(line[..<start.lowerBound])
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return text
    }
}
