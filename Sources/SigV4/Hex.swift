/// Base 16.
enum Hex {
    private static let lowerDigits = Array("0123456789abcdef".utf8)
    private static let upperDigits = Array("0123456789ABCDEF".utf8)

    static func lower(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (index, byte) in bytes.enumerated() {
                text[index * 2] = lowerDigits[Int(byte >> 4)]
                text[index * 2 + 1] = lowerDigits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }

    static func upper(_ byte: UInt8) -> String {
        String(decoding: [upperDigits[Int(byte >> 4)], upperDigits[Int(byte & 15)]], as: UTF8.self)
    }

    static func appendUpper(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(upperDigits[Int(byte >> 4)])
        output.append(upperDigits[Int(byte & 15)])
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
}
