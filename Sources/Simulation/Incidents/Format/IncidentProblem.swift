/// What is wrong with a timeline's file, where, and what to write instead.
public struct IncidentProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public var file: String
    /// From 1; nil where it is not about a line.
    public var line: Int?
    public var message: String

    public var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(message)" }
}

/// Everything that is wrong with a folder of timelines. Nothing is scored until all of it can be read.
public struct IncidentProblems: Error, Sendable, CustomStringConvertible {
    public var problems: [IncidentProblem]

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Collects what is wrong while one file is read, so that all of it is shown at once.
final class IncidentFindings {
    let file: String
    private(set) var problems: [IncidentProblem] = []

    init(file: String) { self.file = file }

    func refuse(_ line: Int, _ message: String) {
        let problem = IncidentProblem(file: file, line: line, message: message)
        if !problems.contains(problem) { problems.append(problem) }
    }
}

/// The word that was probably meant: as many as a third of the letters may be wrong. Nil when none is close.
func likeliest(_ word: String, among words: [String]) -> String? {
    let scored = words.sorted().map { (word: $0, distance: distance(from: word, to: $0)) }
    guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= (max(word.count, best.word.count) + 2) / 3 ? best.word : nil
}

/// Insertions, deletions and replacements.
private func distance(from left: String, to right: String) -> Int {
    let (left, right) = (Array(left.lowercased().utf8.prefix(64)), Array(right.lowercased().utf8))
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            let replaced = last[column] + (letter == other ? 0 : 1)
            current.append(min(last[column + 1] + 1, current[column] + 1, replaced))
        }
        last = current
    }
    return last[right.count]
}
