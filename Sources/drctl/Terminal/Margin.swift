/// Breaks lines that are wider than the terminal, below the column that they broke in: a table stays one.
struct Margin {
    let columns: Int

    func fit(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { lines(of: String($0)) }.joined(separator: "\n")
    }

    private func lines(of line: String) -> [String] {
        guard line.count > columns else { return [line] }
        let indent = hangingIndent(of: line)
        var result: [String] = []
        var current = ""
        // What stands before the last column keeps its spaces.
        let head = String(line.prefix(indent))
        for word in line.dropFirst(indent).split(separator: " ", omittingEmptySubsequences: false) {
            let start = result.isEmpty ? head : String(repeating: " ", count: indent)
            if current.isEmpty {
                current = start + word
            } else if current.count + 1 + word.count <= columns {
                current += " \(word)"
            } else {
                result.append(current)
                current = String(repeating: " ", count: indent) + word
            }
        }
        return result + [current]
    }

    /// Where the last column begins that leaves its text enough room; else the line's own indent.
    private func hangingIndent(of line: String) -> Int {
        var own = 0
        var best = 0
        var spaces = 0
        for (index, character) in line.enumerated() {
            if character == " " {
                spaces += 1
                continue
            }
            if spaces == index { own = index }
            if spaces >= 2, index <= columns / 2 { best = index }
            spaces = 0
        }
        return max(own <= columns / 2 ? own : 0, best)
    }
}
