/// Questions about the bytes of a string that arrive from outside.
enum Characters {
    /// One or more characters, all of them printable ASCII other than the space.
    static func areVisibleASCII(_ text: String) -> Bool {
        text.withBytes { bytes in
            !bytes.isEmpty && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
    }

    static func haveControl(_ text: String) -> Bool {
        text.withBytes { $0.contains(where: isControl) }
    }

    static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        // Bit 5 is the only difference between the cases.
        let lower = byte | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    /// A `token` of RFC 9110: what a method or a header name may consist of.
    static func areToken(_ text: String) -> Bool {
        text.withBytes { bytes in
            !bytes.isEmpty && bytes.allSatisfy { isLetter($0) || isDigit($0) || isTokenMark($0) }
        }
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
        text.withBytes { bytes in
            guard bytes.contains(where: isUpperLetter) else { return text }
            return String(unsafeUninitializedCapacity: bytes.count) { room in
                for (index, byte) in bytes.enumerated() {
                    room[index] = isUpperLetter(byte) ? byte | 0x20 : byte
                }
                return bytes.count
            }
        }
    }

    static func isUpperLetter(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
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
