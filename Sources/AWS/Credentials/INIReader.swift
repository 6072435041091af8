/// Reads the shared files line by line, by the rules of Python's `RawConfigParser._read`.
struct INIReader {
    /// A value with the lines that continue it.
    struct Entry {
        var lines: [String]
        /// Of the first of them.
        var number: Int

        func value() throws(INIFile.Malformed) -> INIFile.Value {
            let text = lines.joined(separator: "\n").trimmedOfSpace(atStart: false)
            guard text.unicodeScalars.first == "\n" else { return .text(text) }
            var nested: [String: String] = [:]
            for line in text.unicodeScalars.split(whereSeparator: { $0 == "\n" }) {
                let line = String(line).trimmedOfSpace
                if line.isEmpty { continue }
                guard let equals = line.unicodeScalars.firstIndex(of: "=") else {
                    throw INIFile.Malformed(line: number, problem: "an indented line has no equals sign")
                }
                let after = line.unicodeScalars.index(after: equals)
                nested[String(line[..<equals]).trimmedOfSpace] = String(line[after...]).trimmedOfSpace
            }
            return .nested(nested)
        }
    }

    static let sharedSection = "DEFAULT"

    private(set) var sections: [String: [String: Entry]] = [:]
    private(set) var order: [String] = []
    private var section: String?
    private var key: String?
    private var indent = 0
    private var number = 0

    mutating func read(_ line: Substring.UnicodeScalarView) throws(INIFile.Malformed) {
        number += 1
        let content = String(line).trimmedOfSpace
        if content.first == "#" || content.first == ";" { return }
        guard !content.isEmpty else {
            if let section, let key { sections[section]?[key]?.lines.append("") }
            return
        }
        let indent = line.prefix { $0.properties.isWhitespace }.count
        if let section, let key, indent > self.indent {
            sections[section]?[key]?.lines.append(content)
            return
        }
        self.indent = indent
        if let name = Self.sectionName(content) {
            try begin(name)
        } else {
            try add(content)
        }
    }

    private mutating func begin(_ name: String) throws(INIFile.Malformed) {
        if sections[name] == nil {
            sections[name] = [:]
            order.append(name)
        } else if name != Self.sharedSection {
            throw malformed("the section [\(name)] comes twice")
        }
        section = name
        key = nil
    }

    private mutating func add(_ content: String) throws(INIFile.Malformed) {
        guard let section else { throw malformed("a line stands before the first section") }
        let scalars = content.unicodeScalars
        guard let delimiter = scalars.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
            throw malformed("a line is no section, no setting and no comment")
        }
        let name = String(content[..<delimiter]).trimmedOfSpace.lowercased()
        guard !name.isEmpty else { throw malformed("a setting has no name") }
        guard sections[section]?[name] == nil else {
            throw malformed("\(name) comes twice in [\(section)]")
        }
        let value = String(content[scalars.index(after: delimiter)...]).trimmedOfSpace
        sections[section]?[name] = Entry(lines: [value], number: number)
        key = name
    }

    /// From the first bracket to the last one of the line; what follows does not count.
    private static func sectionName(_ line: String) -> String? {
        let scalars = line.unicodeScalars
        guard scalars.first == "[", let close = scalars.lastIndex(of: "]") else { return nil }
        let name = scalars[scalars.index(after: scalars.startIndex)..<close]
        return name.isEmpty ? nil : String(name)
    }

    private func malformed(_ problem: String) -> INIFile.Malformed {
        INIFile.Malformed(line: number, problem: problem)
    }
}

extension String {
    /// Without white space at its ends.
    var trimmedOfSpace: String { trimmedOfSpace(atStart: true) }

    func trimmedOfSpace(atStart: Bool) -> String {
        var text = unicodeScalars[...]
        if atStart { text = text.drop { $0.properties.isWhitespace } }
        while text.last?.properties.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
