/// The parts of a request's URL that the transport needs, and the proof that the request can be sent as it
/// is.
struct RequestURL: Sendable, Equatable {
    enum Scheme: String, Sendable {
        case http, https
    }

    let scheme: Scheme
    /// Host and port as written, in lower case.
    let authority: String
    /// Path and query, byte for byte.
    let target: String

    /// Refuses with `badRequest` what would be sent differently from what it says, or would say two things.
    init(checking request: HTTPRequest) throws(TransportError) {
        func refuse(_ detail: String) -> TransportError {
            TransportError(.badRequest, request, detail)
        }
        guard !request.method.isEmpty, request.method.utf8.allSatisfy(Self.isTokenByte) else {
            throw refuse("the method is not a token")
        }
        guard request.method != "HEAD" || request.body.isEmpty else {
            throw refuse("a HEAD request cannot have a body")
        }
        guard request.maxResponseBytes >= 0 else {
            throw refuse("maxResponseBytes is negative")
        }
        if let fault = Self.fault(in: request.headers, bodyBytes: request.body.count) {
            throw refuse(fault)
        }
        if let path = request.unixSocketPath {
            // sun_path holds 108 bytes with the final NUL (unix(7)).
            guard (1...107).contains(path.utf8.count), !path.utf8.contains(0) else {
                throw refuse("the Unix socket's path is empty or longer than 107 bytes")
            }
        }
        if let target = request.connectTo {
            guard Self.isHostAndPort(target) else {
                throw refuse("connectTo is not host:port")
            }
        }

        do throws(Refusal) {
            (scheme, authority, target) = try Self.parts(of: request.url)
        } catch {
            throw refuse(error.detail)
        }
    }

    private struct Refusal: Error {
        let detail: String

        init(_ detail: String) {
            self.detail = detail
        }
    }

    private typealias Parts = (Scheme, authority: String, target: String)

    /// By its bytes: a string's characters cost ten times as much, and this is done for each request.
    private static func parts(of url: String) throws(Refusal) -> Parts {
        var url = url
        return try url.withUTF8 { bytes in
            Result { () throws(Refusal) in try parts(of: UnsafeRawBufferPointer(bytes)) }
        }.get()
    }

    private static func parts(of bytes: UnsafeRawBufferPointer) throws(Refusal) -> Parts {
        // Else a space would end the request line early, and libcurl would encode the rest its own way.
        var found: UInt8 = 0
        for byte in bytes { found |= (byte <= 0x20 ? 1 : 0) | (byte >= 0x7f ? 1 : 0) }
        guard found == 0 else {
            throw Refusal("the URL has characters that have to be percent-encoded")
        }
        guard !bytes.contains(UInt8(ascii: "#")) else { throw Refusal("the URL has a fragment") }
        let slash = UInt8(ascii: "/")
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8),
            let scheme = Scheme(rawValue: lowercased(bytes[..<colon]))
        else { throw Refusal("the URL is not http or https") }
        let rest = bytes[(colon + 3)...]
        let authority = rest.prefix { $0 != slash && $0 != UInt8(ascii: "?") }
        guard !authority.isEmpty else { throw Refusal("the URL has no host") }
        // It would be sent as a header that nobody signed, and it would end up in logs.
        guard !authority.contains(UInt8(ascii: "@")) else { throw Refusal("the URL has a user name") }
        let target = String(decoding: rest[authority.endIndex...], as: UTF8.self)
        let hasPath = rest[authority.endIndex...].first == slash
        return (scheme, lowercased(authority), hasPath ? target : "/" + target)
    }

    /// Nearly always it is already.
    private static func lowercased(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return bytes.contains { (0x41...0x5a).contains($0) } ? text.lowercased() : text
    }

    private static func fault(in headers: HTTPHeaders, bodyBytes: Int) -> String? {
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(isTokenByte) else {
                return "a header's name is not a token"
            }
            // CR, LF and NUL would let a value end its line and begin another.
            guard !hasControlCharacter(header.value) else {
                return "the header \(header.name) has a control character in its value"
            }
        }
        if headers.contains("Transfer-Encoding") {
            return "Transfer-Encoding is not the caller's to set"
        }
        if let wrong = headers.all("Content-Length").first(where: { $0 != String(bodyBytes) }) {
            return "Content-Length says \(wrong), the body has \(bodyBytes) bytes"
        }
        return nil
    }

    /// Looks at all bytes instead of up to the first one, and without a branch, so that the processor takes
    /// many at a time: nearly always there is none.
    private static func hasControlCharacter(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var found: UInt8 = 0
            for byte in bytes {
                found |= (byte == 0x7f ? 1 : 0) | ((byte < 0x20 ? 1 : 0) & (byte != 0x09 ? 1 : 0))
            }
            return found != 0
        }
    }

    private static func isHostAndPort(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return false }
        let host = text[..<colon]
        let bare = host.hasPrefix("[") && host.hasSuffix("]") || !host.contains(":")
        return bare && !host.isEmpty && port > 0
    }

    /// RFC 9110, 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "!"), 0x23...0x27, UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"),
            UInt8(ascii: "~"):
            true  // 0x23...: #$%&'
        default: false
        }
    }
}
