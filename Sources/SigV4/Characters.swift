/// Questions about the bytes of a string that arrive from outside.
enum Characters {
    /// One or more characters, all of them printable ASCII other than the space.
    static func areVisibleASCII(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    static func haveControl(_ text: String) -> Bool {
        text.utf8.contains(where: isControl)
    }

    static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        // Bit 5 is the only difference between the cases.
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// A `token` of RFC 9110: what a method or a header name may consist of.
    static func areToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || isTokenMark($0) }
    }

    private static func isTokenMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"): true
        case UInt8(ascii: "!"), 0x23...0x27, UInt8(ascii: "*"), UInt8(ascii: "+"): true  // 0x23...: #$%&'
        case UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"): true
        default: false
        }
    }

    /// ASCII only: a locale or Unicode folding would change bytes that the other side compares as they are.
    static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map { isLetter($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// How an error names a byte without printing it.
    static func name(of byte: UInt8) -> String {
        switch byte {
        case 0x00: "NUL"
        case 0x09: "a tab"
        case 0x0A: "a line feed"
        case 0x0D: "a carriage return"
        case 0x20: "a space"
        default: "byte 0x" + Hex.upper(byte)
        }
    }
}
