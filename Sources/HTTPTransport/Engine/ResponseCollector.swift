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
        let line = Self.trimmed(bytes)
        if line.isEmpty {
            // The empty line after a 1xx answer is not the end: another answer follows.
            isHeaderComplete = status >= 200
        } else if line.starts(with: "HTTP/".utf8) {
            headers = []
            status = Self.status(in: line)
        } else if bytes.first == 0x20 || bytes.first == 0x09 {
            headers.extendLast(with: String(decoding: line, as: UTF8.self))
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let value = Self.trimmed(UnsafeRawBufferPointer(rebasing: line[(colon + 1)...]))
            headers.append(
                String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
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

    /// By index: this is done for every line of every answer.
    private static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var (start, end) = (0, bytes.count)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a
    }

    private static func status(in line: UnsafeRawBufferPointer) -> Int {
        let afterVersion = line.drop { $0 != 0x20 }.dropFirst().prefix(3)
        return Int(String(decoding: afterVersion, as: UTF8.self)) ?? 0
    }
}
