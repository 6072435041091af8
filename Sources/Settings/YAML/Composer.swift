import Yams

/// Text to Yams nodes, around two properties of Yams that do not suit a file that must be judged whole:
///
/// - It follows aliases while it composes, so that a few nested ones used as a key take for ever to hash
///   ("billion laughs"). Every `*` is therefore swapped for a private character: an alias arrives as a plain
///   scalar and `TreeBuilder` follows it, within a budget.
/// - It stops at the first duplicate key. The earlier one of the two is therefore renamed, by swapping one
///   character for a private one, and the text is composed again; `TreeBuilder` reports the pair.
///
/// Both swaps replace one scalar by one scalar, so that every line and column stays true.
struct Composer {
    /// Each round composes the whole text once more, so a large text gets fewer.
    static let renameLimit = 32
    /// Scalars, over all rounds.
    static let workLimit = 4 << 20

    struct Result {
        var root: Node
        /// Owns the anchors' names, which nodes refer to weakly.
        var parser: Parser
        /// Private characters that stand for a duplicate key's first one.
        var renamed: [Unicode.Scalar: Unicode.Scalar]
    }

    private let source: SourceText
    private let findings: Findings

    init(source: SourceText, findings: Findings) {
        self.source = source
        self.findings = findings
    }

    /// Nil when the text was refused.
    func compose() -> Result? {
        var scalars = source.scalars.map { $0 == "*" ? SourceText.asterisk : $0 }
        var renamed: [Unicode.Scalar: Unicode.Scalar] = [:]
        let rounds = min(Self.renameLimit, Self.workLimit / max(1, scalars.count))
        while true {
            do {
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars)
                // Named encoding: the default reads an environment variable. Basic resolver: text stays text.
                let parser = try Parser(yaml: String(text), resolver: .basic, encoding: .utf8)
                guard let root = try parser.singleRoot() else {
                    findings.refuse("is empty; it needs controller and workloads")
                    return nil
                }
                return Result(root: root, parser: parser, renamed: renamed)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let position = Position(line: context.mark.line, column: context.mark.column)
                guard renamed.count < rounds, let first = names.first?.unicodeScalars.first,
                    let offset = keyOffset(position, first, scalars),
                    let stand = Unicode.Scalar(SourceText.asterisk.value + 1 + UInt32(renamed.count))
                else {
                    let names = names.map { shown($0) }.joined(separator: ", ")
                    findings.refuse(position, "", "duplicate keys \(names); keep one of each")
                    return nil
                }
                renamed[stand] = first
                scalars[offset] = stand
            } catch {
                report(error)
                return nil
            }
        }
    }

    /// Where the first character of the key at `position` stands; nil when it is not simply written there.
    private func keyOffset(_ position: Position, _ first: Unicode.Scalar, _ scalars: [Unicode.Scalar]) -> Int?
    {
        guard let offset = source.offset(of: position) else { return nil }
        let isQuoted = scalars[offset] == "\"" || scalars[offset] == "'"
        let place = isQuoted ? offset + 1 : offset
        return scalars.indices.contains(place) && scalars[place] == first ? place : nil
    }

    private func report(_ error: any Error) {
        guard let error = error as? YamlError else { return findings.refuse("not valid YAML") }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let origin = context.map { "\($0.text) from line \($0.mark.line), " } ?? ""
            findings.refuse(
                Position(line: mark.line, column: mark.column), "",
                "not valid YAML: \(origin)\(problem)\(Self.advice[problem].map { "; " + $0 } ?? "")")
        case .composer(_, _, let mark, _):
            // Yams has two of these, and an undefined alias cannot be met here.
            findings.refuse(
                Position(line: mark.line, column: mark.column), "",
                "starts a second document; the file holds one")
        case .reader(let problem, _, _, _):
            findings.refuse("not valid YAML: \(problem)")
        default:
            findings.refuse("not valid YAML: \(error)")
        }
    }

    /// libyaml says what it met, not what to do.
    private static let advice = [
        "mapping values are not allowed in this context":
            "check this line's indentation, or put a value that holds \": \" in quotes",
        "did not find expected key": "check the indentation from here upwards",
        "did not find expected '-' indicator": "check the indentation from here upwards",
        "could not find expected ':'": "a key ends with \":\" and a space, and stands on one line",
        "found character that cannot start any token": "put a value that begins with @, % or ` in quotes",
        "found unexpected end of stream": "a quote or bracket is never closed",
        "did not find expected ',' or ']'": "a bracket is never closed, or a comma is missing",
        "did not find expected ',' or '}'": "a brace is never closed, or a comma is missing",
    ]
}
