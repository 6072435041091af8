/// Reads the text of an `AlarmRule`, by descent.
struct AlarmRuleParser {
    private var rest: Substring
    private var depth = 0

    /// AWS takes 10,240 characters and 500 elements, parentheses among them.
    private static let longest = 10_240
    private static let deepest = 250
    private static let states: Set<String> = ["ALARM", "OK", "INSUFFICIENT_DATA"]

    init(_ text: String) {
        rest = text[...]
    }

    /// Nil unless the whole text is a rule.
    mutating func parse() -> AlarmRule? {
        guard rest.count <= Self.longest, let rule = disjunction() else { return nil }
        skipSpace()
        return rest.isEmpty ? rule : nil
    }

    private mutating func disjunction() -> AlarmRule? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest, var rule = conjunction() else { return nil }
        while take(word: "OR") {
            guard let next = conjunction() else { return nil }
            rule = rule.or(next)
        }
        return rule
    }

    private mutating func conjunction() -> AlarmRule? {
        guard var rule = term() else { return nil }
        while take(word: "AND") {
            guard let next = term() else { return nil }
            rule = rule.and(next)
        }
        return rule
    }

    private mutating func term() -> AlarmRule? {
        var isNegated = false
        while take(word: "NOT") { isNegated.toggle() }
        guard let rule = factor() else { return nil }
        return isNegated ? rule.negated : rule
    }

    private mutating func factor() -> AlarmRule? {
        if take("(") {
            guard let rule = disjunction(), take(")") else { return nil }
            return rule
        }
        switch word() {
        case "TRUE": return .always(true)
        case "FALSE": return .always(false)
        case "AT_LEAST": return atLeast()
        case let state? where Self.states.contains(state):
            guard let names = names(), names.count == 1 else { return nil }
            return .rests(on: names)
        default: return nil
        }
    }

    /// What follows `AT_LEAST`: `(2, NOT OK, (a, b))`, where `50%` may stand for 2.
    private mutating func atLeast() -> AlarmRule? {
        guard take("("), let comma = rest.firstIndex(of: ",") else { return nil }
        rest = rest[rest.index(after: comma)...]
        _ = take(word: "NOT")
        guard let state = word(), Self.states.contains(state), take(","), let names = names(), take(")")
        else {
            return nil
        }
        return .rests(on: names)
    }

    /// `(a, "b c", arn:…)`
    private mutating func names() -> Set<String>? {
        guard take("(") else { return nil }
        var names: Set<String> = []
        repeat {
            guard let name = name() else { return nil }
            names.insert(name)
        } while take(",")
        return take(")") ? names : nil
    }

    /// A name or an ARN; only in quotes may it have a comma or a parenthesis.
    private mutating func name() -> String? {
        let isQuoted = take("\"")
        guard let end = rest.firstIndex(where: isQuoted ? { $0 == "\"" } : { ",()".contains($0) }) else {
            return nil
        }
        var name = isQuoted ? rest[..<end] : rest[..<end].drop(while: \.isWhitespace)
        rest = isQuoted ? rest[rest.index(after: end)...] : rest[end...]
        while !isQuoted, name.last?.isWhitespace == true { name.removeLast() }
        return name.isEmpty ? nil : Self.plainName(name)
    }

    /// Of `arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME` the name, which may have colons.
    private static func plainName(_ text: Substring) -> String {
        let parts = text.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
        return parts.count == 7 && parts[0] == "arn" && parts[5] == "alarm" ? String(parts[6]) : String(text)
    }

    private mutating func skipSpace() {
        rest = rest.drop(while: \.isWhitespace)
    }

    private mutating func take(_ sign: Character) -> Bool {
        skipSpace()
        guard rest.first == sign else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func take(word wanted: String) -> Bool {
        let before = rest
        if word() == wanted { return true }
        rest = before
        return false
    }

    /// Nil where none begins.
    private mutating func word() -> String? {
        skipSpace()
        let word = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "_") }
        rest = rest[word.endIndex...]
        return word.isEmpty ? nil : word.uppercased()
    }
}
