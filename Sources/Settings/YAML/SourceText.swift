/// The raw text, checked for what no reader of it should have to see.
struct SourceText {
    /// 1 MiB: some thousand workloads, far more than one controller watches.
    static let byteLimit = 1 << 20
    /// Stands for every `*` while the text is composed, see `Composer`. Private use, so the text cannot hold
    /// it.
    static let asterisk: Unicode.Scalar = "\u{F0000}"

    /// Scalar for scalar in the places of the file, so that positions stay true.
    private(set) var scalars: [Unicode.Scalar] = []
    /// Where each line starts in `scalars`.
    private(set) var lineStarts = [0]

    /// Nil when the text was refused.
    init?(_ text: String, findings: Findings) {
        guard text.utf8.count <= Self.byteLimit else {
            findings.refuse("is larger than 1 MiB")
            return nil
        }
        var source = text.unicodeScalars[...]
        if source.first == "\u{FEFF}" { source = source.dropFirst() }
        scalars.reserveCapacity(source.count)
        var inIndent = true
        var isReported = false
        for scalar in source {
            let isBreak = scalar == "\n" || scalar == "\r"
            // CR LF is one break.
            if scalar == "\n", scalars.last == "\r" { lineStarts.removeLast() }
            if scalar == "\t", inIndent, !isReported {
                findings.refuse(position, "", "the line is indented with a tab; YAML wants spaces")
                isReported = true
            }
            if !isBreak, !Self.isAllowed(scalar) {
                let code = String(scalar.value, radix: 16, uppercase: true)
                findings.refuse(
                    position, "", "holds the invisible or reserved character U+\(code); remove it")
            }
            if scalar != " ", scalar != "\t" { inIndent = false }
            scalars.append(scalar)
            if isBreak {
                lineStarts.append(scalars.count)
                inIndent = true
                isReported = false
            }
        }
        if findings.hasErrors { return nil }
    }

    /// Where the next scalar goes.
    private var position: Position {
        Position(line: lineStarts.count, column: scalars.count - (lineStarts.last ?? 0) + 1)
    }

    func offset(of position: Position) -> Int? {
        guard lineStarts.indices.contains(position.line - 1) else { return nil }
        let offset = lineStarts[position.line - 1] + position.column - 1
        return scalars.indices.contains(offset) ? offset : nil
    }

    /// Control characters break terminals and libyaml's line count; bidirectional overrides show another file
    /// than the one that is read (CVE-2021-42574); planes 15 and 16 are for private use, ours is in
    /// `Composer`.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09: true
        case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069: false
        case 0xFEFF, 0xFFFE, 0xFFFF, 0xF0000...: false
        default: true
        }
    }
}
