/// The headers that are signed, in SigV4's spelling.
struct CanonicalHeaders {
    /// `name:value\n` for each, sorted by name.
    private(set) var block: [UInt8] = []
    /// Lower-case names, sorted.
    private(set) var names: [String] = []

    /// `host;x-amz-date`
    var signedNames: String { names.joined(separator: ";") }

    init(_ headers: [(name: String, value: String)]) throws(Defect) {
        // Values of a repeated header keep their order, so the sort looks at the position last.
        var signed: [(name: String, position: Int)] = []
        for (position, header) in headers.enumerated() {
            try Self.validate(header)
            let name = Characters.lowercased(header.name)
            if !Self.isNeverSigned(name) { signed.append((name, position)) }
        }
        signed.sort { ($0.name, $0.position) < ($1.name, $1.position) }
        for (name, position) in signed {
            if name == names.last {
                block[block.count - 1] = UInt8(ascii: ",")
            } else {
                names.append(name)
                block.append(contentsOf: name.utf8)
                block.append(UInt8(ascii: ":"))
            }
            Self.appendFolded(headers[position].value, to: &block)
            block.append(UInt8(ascii: "\n"))
        }
    }

    /// What proxies and HTTP stacks add, drop or rewrite on the way: a signature over one of these breaks in
    /// transit. The list is botocore's, widened to every `proxy-` header.
    static func isNeverSigned(_ lowercaseName: String) -> Bool {
        neverSigned.contains(lowercaseName) || lowercaseName.hasPrefix("proxy-")
    }

    private static let neverSigned: Set<String> = [
        "connection", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
        "x-amzn-trace-id",
    ]

    /// Trims, and folds each inner run of spaces and tabs to one space.
    private static func appendFolded(_ value: String, to output: inout [UInt8]) {
        var isFirst = true
        for word in value.utf8.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
        {
            if !isFirst { output.append(UInt8(ascii: " ")) }
            output.append(contentsOf: word)
            isFirst = false
        }
    }

    private static func validate(_ header: (name: String, value: String)) throws(Defect) {
        guard Characters.areToken(header.name) else {
            throw Defect(
                .header(name: ""), "a header name is empty or has a character that no header name has",
                remedy: "use letters, digits and hyphens, without the colon")
        }
        let forbidden = header.value.utf8.first { Characters.isControl($0) && $0 != UInt8(ascii: "\t") }
        if let forbidden {
            throw Defect(
                .header(name: header.name),
                "the value of header \(header.name) contains \(Characters.name(of: forbidden))",
                remedy: "a header is one line: encode or remove that character")
        }
    }
}
