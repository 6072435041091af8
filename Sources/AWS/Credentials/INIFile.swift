/// The format of the shared AWS files, as the AWS command line reads it (Python's `RawConfigParser`):
/// sections, `key = value` or `key: value`, lines that are indented further and continue a value, comments on
/// lines of their own. `Tests/AWSTests/Vectors/profiles.py` holds the two against each other.
struct INIFile: Sendable, Equatable {
    enum Value: Sendable, Equatable {
        case text(String)
        /// Indented `key = value` lines below an empty value.
        case nested([String: String])
    }

    struct Malformed: Error, Equatable {
        /// Counted from one.
        var line: Int
        var problem: String
    }

    /// By section name, as it stands between the brackets; then by key, in lower case.
    private(set) var sections: [String: [String: Value]] = [:]
    /// The names, in the file's order.
    private(set) var order: [String] = []

    init() {}

    init(_ text: String) throws(Malformed) {
        var reader = INIReader()
        for line in Self.lines(text) { try reader.read(line) }
        // Python gives what stands in [DEFAULT] to every section.
        let shared = reader.sections[INIReader.sharedSection] ?? [:]
        for name in reader.order where name != INIReader.sharedSection {
            order.append(name)
            let own = reader.sections[name] ?? [:]
            var values: [String: Value] = [:]
            for (key, entry) in shared.merging(own, uniquingKeysWith: { $1 }) {
                values[key] = try entry.value()
            }
            sections[name] = values
        }
    }

    /// What a section says in plain values; nested ones are left out. Nil when there is no such section.
    func texts(_ section: String) -> [String: String]? {
        sections[section]?.compactMapValues { if case .text(let text) = $0 { text } else { nil } }
    }

    private static func lines(_ text: String) -> [Substring.UnicodeScalarView] {
        var lines: [Substring.UnicodeScalarView] = []
        var rest = text[...].unicodeScalars
        while let end = rest.firstIndex(where: { $0 == "\n" || $0 == "\r" }) {
            lines.append(rest[..<end])
            let isPair = rest[end] == "\r" && rest[rest.index(after: end)...].first == "\n"
            rest = rest[rest.index(end, offsetBy: isPair ? 2 : 1)...]
        }
        if !rest.isEmpty { lines.append(rest) }
        return lines
    }
}
