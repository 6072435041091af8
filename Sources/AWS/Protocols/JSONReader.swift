/// A strict JSON reader (RFC 8259). It refuses what two readers could understand differently, a name given
/// twice above all, and it is bounded in depth and size.
package struct JSONReader {
    /// DynamoDB allows 32 levels of nesting in a value, and wraps each in a type.
    static let maxDepth = 80
    static let maxBytes = 32 << 20

    private let bytes: [UInt8]
    private var position = 0

    package static func parse(_ bytes: [UInt8]) throws(MalformedResponse) -> JSONValue {
        guard !bytes.isEmpty else { throw MalformedResponse("the body is empty") }
        guard bytes.count <= maxBytes else {
            throw MalformedResponse("the body is larger than \(maxBytes) bytes")
        }
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.error("something follows the document") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func error(_ what: String) -> MalformedResponse {
        MalformedResponse("the body is not JSON as expected: \(what) at byte \(position)")
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let next, UInt32(next) == character.value else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(MalformedResponse) -> JSONValue {
        guard depth < Self.maxDepth else { throw error("more than \(Self.maxDepth) levels") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(MalformedResponse) -> JSONValue {
        guard bytes[position...].starts(with: text.utf8) else { throw error("an unknown word") }
        position += text.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(MalformedResponse) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a name is missing") }
            let name = try string()
            guard names.insert(name).inserted else {
                throw error("the name \"\(name.prefix(40))\" comes twice")
            }
            skipSpace()
            guard take(":") else { throw error("a colon is missing") }
            members.append(.init(name, try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw error("an object does not end") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(MalformedResponse) -> JSONValue {
        position += 1
        var values: [JSONValue] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            values.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw error("an array does not end") }
        return .array(values)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func number() throws(MalformedResponse) -> String {
        let start = position
        _ = take("-")
        let leadingZero = next == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !(leadingZero && whole > 1) else { throw error("a value is missing or malformed") }
        if take("."), digits() == 0 { throw error("a malformed number") }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            if digits() == 0 { throw error("a malformed number") }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func string() throws(MalformedResponse) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw error("a string that is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): content.append(contentsOf: try escape())
            case 0..<0x20: throw error("a control character in a string")
            default: content.append(byte)
            }
        }
        throw error("a string does not end")
    }

    private mutating func escape() throws(MalformedResponse) -> [UInt8] {
        guard let byte = next else { throw error("a string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try unicodeEscape()).utf8)
        default: throw error("an unknown escape")
        }
    }

    /// Reads what follows `\u`, and the second half of a surrogate pair.
    private mutating func unicodeEscape() throws(MalformedResponse) -> Unicode.Scalar {
        let first = try hexQuad()
        if (0xD800..<0xDC00).contains(first) {
            guard take("\\"), take("u") else { throw error("half a surrogate pair") }
            let second = try hexQuad()
            guard (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            else { throw error("half a surrogate pair") }
            return scalar
        }
        guard let scalar = Unicode.Scalar(first) else { throw error("half a surrogate pair") }
        return scalar
    }

    private mutating func hexQuad() throws(MalformedResponse) -> UInt32 {
        let end = position + 4
        guard end <= bytes.count,
            bytes[position..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
        else { throw error("a malformed escape") }
        position = end
        return value
    }
}
