/// Puts the answer together from what libcurl hands over, within bounds.
struct ResponseCollector {
    /// Far above what servers accept themselves (8 to 64 KiB): only a runaway header meets it.
    static let maxHeaderBytes = 256 << 10

    let maxBodyBytes: Int
    private(set) var headers = HTTPHeaders()
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false
    private var headerBytes = 0
    private var status = 0
    private var isHeaderComplete = false

    init(maxBodyBytes: Int) {
        self.maxBodyBytes = maxBodyBytes
    }

    /// One line with its line end. False: no more, please.
    mutating func takeHeaderLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= Self.maxHeaderBytes else {
            isTooLarge = true
            return false
        }
        // What comes after the final header is a trailer.
        if isHeaderComplete { return true }
        let line = Self.trimmed(bytes[...])
        if line.isEmpty {
            // The empty line after a 1xx answer is not the end: another answer follows.
            isHeaderComplete = status >= 200
        } else if line.starts(with: "HTTP/".utf8) {
            headers = []
            status = Self.status(in: line)
        } else if bytes.first == 0x20 || bytes.first == 0x09 {
            headers.extendLast(with: String(decoding: line, as: UTF8.self))
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            headers.append(
                String(decoding: line[..<colon], as: UTF8.self),
                String(decoding: Self.trimmed(line[(colon + 1)...]), as: UTF8.self))
        }
        return true
    }

    /// False: no more, please.
    mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= maxBodyBytes - body.count else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        func isSpace(_ byte: UInt8) -> Bool {
            byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a
        }
        guard let first = bytes.firstIndex(where: { !isSpace($0) }),
            let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return bytes[bytes.endIndex...] }
        return bytes[first...last]
    }

    private static func status(in line: Slice<UnsafeRawBufferPointer>) -> Int {
        let afterVersion = line.drop { $0 != 0x20 }.dropFirst().prefix(3)
        return Int(String(decoding: afterVersion, as: UTF8.self)) ?? 0
    }
}
