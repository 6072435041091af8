/// Splits a command line into words as a POSIX shell does, without expanding anything: Python's
/// `shlex.split`, which the AWS tools use for `credential_process` and for the names of sections.
enum ShellWords {
    /// Nil when a quotation is not closed, or nothing follows a backslash.
    static func split(_ text: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Unicode.Scalar?
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            if let open = quote {
                if scalar == open {
                    quote = nil
                } else if scalar == "\\", open == "\"" {
                    guard let escaped = scalars.next() else { return nil }
                    // Between double quotes a backslash is only special before these two.
                    if escaped != "\"", escaped != "\\" { word?.unicodeScalars.append(scalar) }
                    word?.unicodeScalars.append(escaped)
                } else {
                    word?.unicodeScalars.append(scalar)
                }
            } else if scalar == "\"" || scalar == "'" {
                quote = scalar
                word = word ?? ""
            } else if scalar == "\\" {
                guard let escaped = scalars.next() else { return nil }
                word = word ?? ""
                word?.unicodeScalars.append(escaped)
            } else if isSpace(scalar) {
                if let word { words.append(word) }
                word = nil
            } else {
                word = word ?? ""
                word?.unicodeScalars.append(scalar)
            }
        }
        guard quote == nil else { return nil }
        if let word { words.append(word) }
        return words
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\n"
    }
}
