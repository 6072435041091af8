import COpenSSL
import SigV4

/// Who may use the API over TCP. One token a line: a name, `read` or `act` (which includes reading), and
/// `sha256:` with the token's hash. The tokens themselves stand nowhere.
public struct Tokens: Sendable {
    public enum Permission: String, Sendable, CaseIterable {
        case read, act
    }

    /// What is wrong, never what the line holds.
    public struct Fault: Error, CustomStringConvertible {
        public var description: String
    }

    struct Entry: Sendable {
        var name: String
        var permission: Permission
        var digest: [UInt8]
    }

    /// More is a mistake, and each is compared with what is presented.
    static let limit = 100
    /// Of a token that somebody presents.
    static let maximumLength = 512

    let entries: [Entry]

    public init(_ text: String) throws(Fault) {
        var entries: [Entry] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count == 3, let permission = Permission(rawValue: String(words[1])),
                let match = words[2].wholeMatch(of: /sha256:([0-9a-f]{64})/),
                first.wholeMatch(of: /[A-Za-z0-9._-]{1,63}/) != nil
            else {
                throw Fault(
                    description:
                        "line \(number + 1) is not a name, read or act, and sha256: with 64 hexadecimal "
                        + "digits (drctl token makes such a line)")
            }
            guard !entries.contains(where: { $0.name == first }) else {
                throw Fault(description: "line \(number + 1) has a name that is there already")
            }
            let digits = Array(match.1)
            let digest = stride(from: 0, to: 64, by: 2).compactMap {
                UInt8(String(digits[$0...$0 + 1]), radix: 16)
            }
            entries.append(Entry(name: String(first), permission: permission, digest: digest))
        }
        guard (1...Self.limit).contains(entries.count) else {
            throw Fault(description: "it has \(entries.count) tokens; 1 to \(Self.limit) are usable")
        }
        self.entries = entries
    }

    /// The line for a token's file.
    public static func line(name: String, _ permission: Permission, token: String) -> String {
        "\(name) \(permission.rawValue) sha256:\(Hash.sha256Hex(Array(token.utf8)))"
    }

    /// Every entry is compared to its end, so that time does not tell which one it was, or how near.
    func caller(presenting token: String) -> Caller? {
        guard token.utf8.count <= Self.maximumLength else { return nil }
        let digest = Hash.sha256(Array(token.utf8))
        var found: Caller?
        for entry in entries where CRYPTO_memcmp(entry.digest, digest, digest.count) == 0 {
            found = Caller(name: entry.name, mayAct: entry.permission == .act)
        }
        return found
    }
}
