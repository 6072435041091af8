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
        signed.reserveCapacity(headers.count)
        var size = 0
        for (position, header) in headers.enumerated() {
            try Self.validate(header)
            let name = Characters.lowercased(header.name)
            if Self.isNeverSigned(name) { continue }
            signed.append((name, position))
            size += name.utf8.count + header.value.utf8.count + 2
        }
        signed.sort { ($0.name, $0.position) < ($1.name, $1.position) }
        block.reserveCapacity(size)
        names.reserveCapacity(signed.count)
        for (name, position) in signed {
            if name == names.last {
                block[block.count - 1] = UInt8(ascii: ",")
            } else {
                names.append(name)
                block.append(name)
                block.append(UInt8(ascii: ":"))
            }
            Self.appendFolded(headers[position].value, to: &block)
            block.append(UInt8(ascii: "\n"))
        }
    }

    /// What proxies and HTTP stacks add, drop or rewrite on the way: a signature over one of these breaks in
    /// transit. The list is botocore's, widened to every `proxy-` header.
    static func isNeverSigned(_ lowercaseName: String) -> Bool {
        switch lowercaseName {
        case "connection", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
            "user-agent", "x-amzn-trace-id":
            true
        default: lowercaseName.hasPrefix("proxy-")
        }
    }

    /// Trims, and folds each inner run of spaces, tabs and line folds to one space.
    private static func appendFolded(_ value: String, to output: inout [UInt8]) {
        let start = output.count
        var isAfterBlank = false
        value.withBytes { bytes in
            if isFolded(bytes) { return output.append(contentsOf: bytes) }
            for byte in bytes {
                if isBlank(byte) || isLineEnd(byte) {
                    isAfterBlank = true
                    continue
                }
                if isAfterBlank, output.count > start { output.append(UInt8(ascii: " ")) }
                isAfterBlank = false
                output.append(byte)
            }
        }
    }

    /// As most values are.
    private static func isFolded(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isAfterBlank = true
        for byte in bytes {
            // Of what is valid only blanks other than the space, and line ends, lie below the space.
            if byte < UInt8(ascii: " ") || byte == UInt8(ascii: " ") && isAfterBlank { return false }
            isAfterBlank = byte == UInt8(ascii: " ")
        }
        return !isAfterBlank
    }

    private static func validate(_ header: (name: String, value: String)) throws(Defect) {
        guard Characters.areToken(header.name) else {
            throw Defect(
                .header(name: ""), "a header name is empty or has a character that no header name has",
                remedy: "use letters, digits and hyphens, without the colon")
        }
        let forbidden = header.value.withBytes(firstForbidden)
        if let forbidden {
            throw Defect(
                .header(name: header.name),
                "the value of header \(header.name) contains \(Characters.name(of: forbidden))",
                remedy: "a header is one line: encode or remove that character")
        }
    }

    /// A value may go on in the next line, when that begins with a blank (RFC 9112, 5.2: obs-fold); else what
    /// follows the line end would be a header that nobody gave.
    private static func firstForbidden(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
        for (index, byte) in bytes.enumerated() where Characters.isControl(byte) {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch byte {
            case UInt8(ascii: "\t"): continue
            case UInt8(ascii: "\r") where next == UInt8(ascii: "\n"): continue
            case UInt8(ascii: "\n") where isBlank(next): continue
            default: return byte
            }
        }
        return nil
    }

    /// The value on one line, as a sender has to write it. A line end is a blank here: `validate` has seen
    /// that it is one.
    static func unfolded(_ value: String) -> String {
        value.withBytes { bytes in
            guard bytes.contains(where: isLineEnd) else { return value }
            return String(decoding: bytes.map { isLineEnd($0) ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
    }
}
