/// Reads what `ByteWriter` wrote. Total: bytes of any content either read or throw.
struct ByteReader {
    /// The bytes end too early, or hold a number that cannot be.
    struct Damage: Error, Equatable {
        var detail: String
    }

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func byte() throws(Damage) -> UInt8 {
        guard place < bytes.count else { throw Damage(detail: "it ends at byte \(place)") }
        defer { place += 1 }
        return bytes[place]
    }

    mutating func number() throws(Damage) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let next = try byte()
            value |= UInt64(next & 0x7f) << shift
            if next < 0x80 { return value }
        }
        throw Damage(detail: "a number without an end before byte \(place)")
    }

    /// A count of things of which each takes up a byte at least: it cannot be more than what is left.
    mutating func count() throws(Damage) -> Int { Int(try number(atMost: UInt64(bytes.count - place))) }

    mutating func number(atMost limit: UInt64) throws(Damage) -> UInt64 {
        let value = try number()
        guard value <= limit else { throw Damage(detail: "\(value) before byte \(place)") }
        return value
    }

    mutating func signed() throws(Damage) -> Int64 {
        let value = try number()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func fixed() throws(Damage) -> UInt64 {
        var value: UInt64 = 0
        for _ in 0..<8 { value = value << 8 | UInt64(try byte()) }
        return value
    }
}
