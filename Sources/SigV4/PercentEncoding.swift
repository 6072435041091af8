/// SigV4's percent-encoding: the unreserved bytes of RFC 3986 stay, everything else becomes `%XX` in upper
/// case.
///
/// Foundation's character sets are of no use here: they leave `!'()*+` and others as they are.
enum PercentEncoding {
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"): true
        default: Characters.isLetter(byte) || Characters.isDigit(byte)
        }
    }

    static func append(_ byte: UInt8, to output: inout [UInt8]) {
        if isUnreserved(byte) {
            output.append(byte)
        } else {
            output.append(UInt8(ascii: "%"))
            Hex.appendUpper(byte, to: &output)
        }
    }

    static func encoded(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        for byte in text.utf8 { append(byte, to: &output) }
        return output
    }

    /// The one spelling of an already encoded text: as if decoded and encoded again, which is what the
    /// service does before it compares signatures. `%2f` becomes `%2F`, `%41` becomes `A`, `:` becomes `%3A`.
    ///
    /// - Parameters:
    ///   - keepsSlash: `/` separates path segments and stays as it is.
    ///   - plusIsSpace: in a query a raw `+` is read as a space; a plus sign is written `%2B`.
    static func canonical(
        _ wire: ArraySlice<UInt8>, keepsSlash: Bool = false, plusIsSpace: Bool = false
    ) throws(Defect) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(wire.count)
        var index = wire.startIndex
        while index < wire.endIndex {
            let byte = wire[index]
            index += 1
            switch byte {
            case UInt8(ascii: "%"):
                guard index + 1 < wire.endIndex, let high = Hex.value(wire[index]),
                    let low = Hex.value(wire[index + 1])
                else {
                    throw Defect(
                        .url, "the % at byte \(index - 1) of the URL is not followed by two hex digits",
                        remedy: "write a percent sign as %25")
                }
                append(high << 4 | low, to: &output)
                index += 2
            case UInt8(ascii: "/") where keepsSlash: output.append(byte)
            case UInt8(ascii: "+") where plusIsSpace: append(UInt8(ascii: " "), to: &output)
            default: append(byte, to: &output)
            }
        }
        return output
    }
}
