/// Base 16.
enum Hex {
    static func lower(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            var index = 0
            for byte in bytes {
                text[index] = digit(byte >> 4, ten: UInt8(ascii: "a"))
                text[index + 1] = digit(byte & 15, ten: UInt8(ascii: "a"))
                index += 2
            }
            return index
        }
    }

    static func upper(_ byte: UInt8) -> String {
        var output: [UInt8] = []
        appendUpper(byte, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    static func appendUpper(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(digit(byte >> 4, ten: UInt8(ascii: "A")))
        output.append(digit(byte & 15, ten: UInt8(ascii: "A")))
    }

    /// The value of one hex digit of either case, or nil.
    static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// `ten`: the digit that stands for 10.
    private static func digit(_ value: UInt8, ten: UInt8) -> UInt8 {
        value < 10 ? value + UInt8(ascii: "0") : value - 10 + ten
    }
}
