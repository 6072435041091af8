/// A URL taken apart by its bytes.
///
/// URLComponents is not used: it decodes, re-encodes and repairs, and a signature is over what goes on the
/// wire.
struct RequestTarget {
    let usesTLS: Bool
    /// The Host header: lower case, IPv6 in brackets, the port only if it is not the scheme's own.
    let hostHeader: String
    /// Everything before the `?`.
    let withoutQuery: ArraySlice<UInt8>
    /// From the first slash; may be empty.
    let path: ArraySlice<UInt8>
    /// What follows the first `?`; empty if there is none.
    let query: ArraySlice<UInt8>

    init(_ url: String) throws(Defect) {
        let bytes = try Self.checked(url)
        let (usesTLS, authorityStart) = try Self.scheme(of: bytes)
        let rest = bytes[authorityStart...]
        let authorityEnd =
            rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        let queryMark = bytes[authorityEnd...].firstIndex(of: UInt8(ascii: "?"))
        let pathEnd = queryMark ?? bytes.endIndex
        self.usesTLS = usesTLS
        hostHeader = try Authority(bytes[authorityStart..<authorityEnd], usesTLS: usesTLS).hostHeader
        withoutQuery = bytes[..<pathEnd]
        path = bytes[authorityEnd..<pathEnd]
        query = queryMark.map { bytes[($0 + 1)...] } ?? []
    }

    private static func checked(_ url: String) throws(Defect) -> [UInt8] {
        let bytes = Array(url.utf8)
        guard bytes.count <= SignableRequest.maximumURLBytes else {
            throw Defect(
                .url, "the URL has \(bytes.count) bytes, the most is \(SignableRequest.maximumURLBytes)",
                remedy: "send long parameters in the body")
        }
        if let index = bytes.firstIndex(where: Characters.isControl) {
            throw Defect(
                .url, "the URL contains \(Characters.name(of: bytes[index])) at byte \(index)",
                remedy: "percent-encode the parameters before building the URL")
        }
        if let index = bytes.firstIndex(of: UInt8(ascii: "#")) {
            throw Defect(
                .url, "the URL has a fragment at byte \(index), and a fragment never goes on the wire",
                remedy: "remove it, or write the number sign as %23")
        }
        return bytes
    }

    private static func scheme(of bytes: [UInt8]) throws(Defect) -> (usesTLS: Bool, end: Int) {
        if begins(bytes, with: "https://") { return (true, 8) }
        if begins(bytes, with: "http://") { return (false, 7) }
        throw Defect(
            .url, "the URL does not begin with https:// or http://",
            remedy: "pass the absolute URL, for example https://rds.eu-west-1.amazonaws.com/")
    }

    /// In any case of letters.
    private static func begins(_ bytes: [UInt8], with prefix: StaticString) -> Bool {
        guard bytes.count >= prefix.utf8CodeUnitCount else { return false }
        return prefix.withUTF8Buffer { prefix in
            prefix.indices.allSatisfy { index in
                let byte = bytes[index]
                return byte == prefix[index] || (Characters.isLetter(byte) && byte | 0x20 == prefix[index])
            }
        }
    }
}
