/// Block YAML, line by line: keys, scalars that need quotes in quotes, comments within the columns.
struct YAMLLines {
    private(set) var text = ""
    private var depth = 0
    /// The first key of a list's item stands behind its dash.
    private var dash = false
    private static let columns = 100

    private var indent: String { String(repeating: "  ", count: depth) }

    mutating func gap() { text += "\n" }

    /// Words, broken where the line ends.
    mutating func comment(_ words: String) {
        var line = ""
        for word in words.split(separator: " ") {
            if !line.isEmpty, indent.count + line.count + word.count + 3 > Self.columns {
                text += "\(indent)# \(line)\n"
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        if !line.isEmpty { text += "\(indent)# \(line)\n" }
    }

    mutating func pair(_ key: String, _ value: String) { put("\(Self.scalar(key)): \(Self.scalar(value))") }

    mutating func pair(_ key: String, _ fact: Proposal.Fact) {
        if let guess = fact.guess { comment("GUESS: \(guess)") }
        pair(key, fact.value)
    }

    /// A number, a duration or a truth value: never in quotes.
    mutating func bare(_ key: String, _ value: String) { put("\(key): \(value)") }

    mutating func list(_ key: String, _ values: [String]) {
        put("\(key): [\(values.map(Self.scalar).joined(separator: ", "))]")
    }

    /// One value a line.
    mutating func lines(_ key: String, _ facts: [Proposal.Fact]) {
        section(key) { lines in
            for fact in facts {
                if let guess = fact.guess { lines.comment("GUESS: \(guess)") }
                lines.put("- \(Self.scalar(fact.value))")
            }
        }
    }

    mutating func section(_ key: String, _ body: (inout YAMLLines) -> Void) {
        put("\(Self.scalar(key)):")
        depth += 1
        body(&self)
        depth -= 1
    }

    /// One item of a list whose items have keys.
    mutating func item(_ body: (inout YAMLLines) -> Void) {
        dash = true
        depth += 1
        body(&self)
        depth -= 1
        dash = false
    }

    private mutating func put(_ line: String) {
        let lead = dash ? String(indent.dropLast(2)) + "- " : indent
        dash = false
        text += "\(lead)\(line)\n"
    }

    /// Without quotes only what every reader of YAML takes for text, or for what it is.
    static func scalar(_ text: String) -> String {
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        let isWord = text.wholeMatch(of: /[A-Za-z_\/][A-Za-z0-9_.\/@-]*(?::[A-Za-z0-9_.\/@-]+)*/) != nil
        let isDuration = text.wholeMatch(of: /(?:[0-9]+(?:h|ms|m|s))+/) != nil
        if isDuration || isWord && !words.contains(text.lowercased()) { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
