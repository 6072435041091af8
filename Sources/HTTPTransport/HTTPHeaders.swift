/// One header line. The name keeps the case it was given.
public struct HTTPHeader: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// Header lines in the order they are sent or were received. Names compare without regard to ASCII case
/// (RFC 9110, 5.1); a name may occur more than once.
public struct HTTPHeaders: Sendable, Equatable, Sequence, ExpressibleByArrayLiteral {
    private var lines: [HTTPHeader]

    public init(_ lines: [HTTPHeader] = []) {
        self.lines = lines
    }

    public init(arrayLiteral elements: HTTPHeader...) {
        lines = elements
    }

    public var count: Int { lines.count }

    public var isEmpty: Bool { lines.isEmpty }

    public func makeIterator() -> IndexingIterator<[HTTPHeader]> {
        lines.makeIterator()
    }

    /// The value of the first line of that name.
    public func first(_ name: String) -> String? {
        lines.first { Self.same($0.name, name) }?.value
    }

    /// The values of every line of that name, in order.
    public func all(_ name: String) -> [String] {
        lines.filter { Self.same($0.name, name) }.map(\.value)
    }

    public func contains(_ name: String) -> Bool {
        lines.contains { Self.same($0.name, name) }
    }

    public mutating func append(_ header: HTTPHeader) {
        lines.append(header)
    }

    public mutating func append(_ name: String, _ value: String) {
        // Most answers have fewer: one block of memory, instead of one for every power of two.
        if lines.isEmpty { lines.reserveCapacity(8) }
        lines.append(HTTPHeader(name, value))
    }

    /// Puts one line in place of every line of that name: where the first one stood, or at the end.
    public mutating func replace(_ name: String, with value: String) {
        let place = lines.firstIndex { Self.same($0.name, name) } ?? lines.endIndex
        lines.removeAll { Self.same($0.name, name) }
        lines.insert(HTTPHeader(name, value), at: place)
    }

    public mutating func remove(_ name: String) {
        lines.removeAll { Self.same($0.name, name) }
    }

    /// Adds to the value of the last line: how a folded line (RFC 9112, 5.2) is read.
    mutating func extendLast(with continuation: String) {
        guard let last = lines.indices.last else { return }
        lines[last].value += " " + continuation
    }

    static func same(_ one: String, _ other: String) -> Bool {
        // Most are written alike, or have not even the same length.
        one.utf8.count == other.utf8.count
            && (one == other || zip(one.utf8, other.utf8).allSatisfy { lowercased($0) == lowercased($1) })
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
