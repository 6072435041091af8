import CCurl

/// The header lines of one request as libcurl reads them: a list whose nodes and texts lie in two blocks,
/// which the handle's next request uses again. Lives on the engine's thread.
struct HeaderLines {
    private var nodes = UnsafeMutableBufferPointer<curl_slist>(start: nil, count: 0)
    private var text = UnsafeMutableBufferPointer<CChar>(start: nil, count: 0)
    private var lines = 0
    private var used = 0

    /// Valid until the next `write`; nil when there are none.
    var list: UnsafeMutablePointer<curl_slist>? { lines > 0 ? nodes.baseAddress : nil }

    mutating func write(_ request: HTTPRequest, userAgent: String) {
        (lines, used) = (0, 0)
        makeRoom(for: request, userAgent)
        for header in request.headers {
            // Already compared with the body; libcurl sends its own.
            if HTTPHeaders.same(header.name, "Content-Length") { continue }
            // "Name:" would take a header away; "Name;" is libcurl's way to send one without a value.
            let isBlank = header.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            add(header.name, isBlank ? ";" : ": ", isBlank ? "" : header.value)
        }
        // Taken away, because libcurl would add its own: unsigned, and "Expect" costs a round trip.
        if !request.headers.contains("Accept") { add("Accept", ":", "") }
        if !request.headers.contains("Content-Type") { add("Content-Type", ":", "") }
        if !request.headers.contains("Expect") { add("Expect", ":", "") }
        if !userAgent.isEmpty, !request.headers.contains("User-Agent") {
            add("User-Agent", ": ", userAgent)
        }
        link()
    }

    func free() {
        nodes.deallocate()
        text.deallocate()
    }

    private mutating func makeRoom(for request: HTTPRequest, _ userAgent: String) {
        // The four lines that `write` may add, and with each line ": " and a NUL.
        let count = request.headers.count + 4
        var bytes = "AcceptContent-TypeExpectUser-Agent".utf8.count + userAgent.utf8.count + 3 * count
        for header in request.headers { bytes += header.name.utf8.count + header.value.utf8.count }
        if nodes.count < count {
            nodes.deallocate()
            nodes = .allocate(capacity: 2 * count)
        }
        if text.count < bytes {
            text.deallocate()
            text = .allocate(capacity: 2 * bytes)
        }
    }

    private mutating func add(_ name: String, _ separator: String, _ value: String) {
        guard let start = text.baseAddress else { return }
        nodes.initializeElement(at: lines, to: curl_slist(data: start + used, next: nil))
        lines += 1
        copy(name)
        copy(separator)
        copy(value)
        text[used] = 0
        used += 1
    }

    /// Within what `makeRoom` counted.
    private mutating func copy(_ part: String) {
        let room = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(text)[used...])
        let bytes: Void? = part.utf8.withContiguousStorageIfAvailable { room.copyMemory(from: .init($0)) }
        if bytes == nil { room.copyBytes(from: part.utf8) }
        used += part.utf8.count
    }

    private func link() {
        guard let first = nodes.baseAddress, lines > 1 else { return }
        for index in 0..<(lines - 1) { nodes[index].next = first + index + 1 }
    }
}
