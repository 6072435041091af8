/// Colours the words that already say it all. On what is clean and fits: nothing is measured afterwards.
enum Painter {
    static func paint(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line(String($0)) }.joined(separator: "\n")
    }

    private static func line(_ text: String) -> String {
        var line = text
        line = line.replacing(
            /\b(NEEDS-OPERATOR|NOT FENCED|CONNECTION LOST|NOT healthy|CLOSED|UNKNOWN|EXPOSED|CHANGES|FAIL)\b/
        ) { mark(String($0.output.0), .alarm) }
        line = line.replacing(
            /\b(SUSPECTED|BLOCKED|AWAITING-APPROVAL|FAILING-OVER|FAILED-OVER|OWED|WARN|GUESS)\b/
        ) { mark(String($0.output.0), .caution) }
        line = line.replacing(/\b(WATCHING)\b/) { mark(String($0.output.0), .fine) }
        // A table's first column.
        line = line.replacing(/^( +)(ok|done|open|pass)(?= {2})/) {
            "\($0.output.1)\(mark(String($0.output.2), .fine))"
        }
        return line.replacing(/^( +)(!|running|retrying|stopped|unconfirmed|pass\*)(?= )/) {
            "\($0.output.1)\(mark(String($0.output.2), .caution))"
        }
    }

    private enum Sign: String {
        case alarm = "1;31"
        case caution = "33"
        case fine = "32"
    }

    private static func mark(_ word: String, _ sign: Sign) -> String {
        "\u{1B}[\(sign.rawValue)m\(word)\u{1B}[0m"
    }
}
