import Failover

extension String {
    /// One line without control, format or separator characters, cut after `limit` characters. Details quote
    /// what AWS and resolvers answered; none of it may forge a line of a log or of a notice.
    func oneLine(limit: Int = 700) -> String {
        if planted(.passesControlBytesOn) { return self }
        var line = UnicodeScalarView()
        for scalar in unicodeScalars.prefix(limit) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
                line.append(" ")
            default: line.append(scalar)
            }
        }
        return String(line) + (unicodeScalars.count > limit ? "..." : "")
    }
}

/// `a, b and c`.
func listed(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "none" }
    return words.dropLast().joined(separator: ", ") + " and " + last
}
