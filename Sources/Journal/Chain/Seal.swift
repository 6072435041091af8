/// The end of the chain: whoever notes it elsewhere can tell later that nothing before it was changed or cut
/// off.
///
/// A row's digest is SHA-256 over the digest of the row before it (32 zero bytes before the first), its
/// sequence as eight bytes, most significant first, and its body's UTF-8. There is no key in it: it shows
/// accidents and careless edits by itself, and a rewritten journal only to somebody who kept an older seal.
public struct Seal: Sendable, Equatable, CustomStringConvertible {
    /// 0 while the journal is empty.
    public var sequence: Int64
    /// 32 bytes.
    public var digest: [UInt8]

    static let start = Seal(sequence: 0, digest: [UInt8](repeating: 0, count: 32))

    func next(body: String) -> Seal {
        let following = sequence + 1
        var message = digest
        for shift in stride(from: 56, through: 0, by: -8) {
            message.append(UInt8(truncatingIfNeeded: following >> Int64(shift)))
        }
        message.append(contentsOf: body.utf8)
        return Seal(sequence: following, digest: SHA256.digest(message))
    }

    /// `12:` and 64 hexadecimal digits, for record 12.
    public var description: String {
        let digits = Array("0123456789abcdef")
        return "\(sequence):" + String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
