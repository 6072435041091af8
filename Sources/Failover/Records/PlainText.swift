extension String {
    /// One line without control, format or separator characters, cut after `limit` characters: fit for a
    /// terminal, a log line and the subject of a message.
    func plain(limit: Int) -> String {
        // Most lines are plain already, and nothing needs to be looked up for that.
        if utf8.count <= limit, utf8.allSatisfy({ (0x20...0x7e).contains($0) }) { return self }
        let scalars = unicodeScalars.lazy.map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: " "
            default: scalar
            }
        }
        var line = String.UnicodeScalarView()
        line.append(contentsOf: scalars.prefix(limit + 1))
        guard line.count > limit else { return String(line) }
        return String(String(line).unicodeScalars.prefix(limit - 1)) + "\u{2026}"
    }
}
