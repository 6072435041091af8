/// The candidate that was probably meant: as many as a third of the letters may be wrong. Nil when none is
/// close.
public func nearest(to word: String, in candidates: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let lowered = word.lowercased().replacing("-", with: "_")
    var best: (candidate: String, distance: Int)?
    for candidate in candidates.sorted() {
        let target = candidate.lowercased().replacing("-", with: "_")
        let distance = editDistance(Array(lowered.utf8), Array(target.utf8))
        let allowed = max(1, max(lowered.utf8.count, target.utf8.count) / 3)
        if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
}

/// Insertions, deletions, replacements and swapped neighbours (optimal string alignment).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
        var current = [row]
        for column in 1...right.count {
            let cost = left[row - 1] == right[column - 1] ? 0 : 1
            var distance = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
            let isSwap =
                row > 1 && column > 1 && left[row - 1] == right[column - 2]
                && left[row - 2] == right[column - 1]
            if isSwap { distance = min(distance, beforeLast[column - 2] + 1) }
            current.append(distance)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}

/// A user's text in a message: in quotes, on one line, not too long.
func shown(_ text: String) -> String {
    let line = text.unicodeScalars.prefix(60).map { $0.value < 0x20 || $0.value == 0x7F ? " " : String($0) }
        .joined()
    return "\"\(line)\(text.unicodeScalars.count > 60 ? "…" : "")\""
}

/// `a, b or c`.
func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
}

func notOneOf(_ text: String, _ words: [String]) -> String {
    let meant = nearest(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
    return "is \(shown(text)); use \(listed(words))\(meant)"
}
