extension Rules {
    /// The table as a Mermaid state diagram: one arrow a row and phase. The README's is printed by this.
    public static func mermaid() -> String {
        var lines = ["stateDiagram-v2", "    [*] --> \(name(.watching))"]
        lines += Phase.allCases.map { "    state \"\($0.rawValue)\" as \(name($0))" }
        for rule in table {
            lines += rule.from.map { "    \(name($0)) --> \(name(rule.to)) : \(rule.id)" }
        }
        return lines.joined(separator: "\n")
    }

    /// The table as text: rule, from, on, when, to, because.
    public static func rows() -> [[String]] {
        table.map { rule in
            [
                rule.id.rawValue, rule.from.map(\.rawValue).joined(separator: ", "), rule.on.rawValue,
                rule.when.rawValue, rule.to.rawValue, rule.because,
            ]
        }
    }

    /// Mermaid's names of states have no hyphens.
    private static func name(_ phase: Phase) -> String {
        phase.rawValue.split(separator: "-").enumerated().map { index, word in
            index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
    }
}
