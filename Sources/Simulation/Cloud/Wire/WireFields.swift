/// The fields of a form body or of a query, in their order.
struct WireFields {
    private(set) var all: [(name: String, value: String)] = []

    init(query bytes: [UInt8]) {
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "&") { end += 1 }
            var middle = start
            while middle < end, bytes[middle] != UInt8(ascii: "=") { middle += 1 }
            all.append(
                (
                    Self.decoded(bytes[start..<middle]),
                    middle < end ? Self.decoded(bytes[(middle + 1)..<end]) : ""
                ))
            start = end + 1
        }
    }

    subscript(name: String) -> String? { all.first { $0.name == name }?.value }

    /// The values of `prefix1`, `prefix2` and so on.
    func list(_ prefix: String) -> [String] {
        var values: [String] = []
        while let value = self["\(prefix)\(values.count + 1)"] { values.append(value) }
        return values
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = hex(bytes[index + 1]),
                let low = hex(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
