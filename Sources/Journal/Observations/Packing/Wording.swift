/// The words of a detail that say what happened, without those that only say how long it took and which
/// request it was: `answered S in 12 ms` is the same fact as `answered S in 14 ms`.
enum Wording {
    static func essence(of text: String) -> String {
        var kept: [Substring] = []
        var wasNumber = false
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if wasNumber, ["ms", "s", "min", "h"].contains(word.trimmed) {
                kept.removeLast()
            } else if !isIdentity(word.trimmed) {
                kept.append(word)
            }
            wasNumber = !word.isEmpty && word.utf8.allSatisfy { digits.contains($0) || $0 == point }
        }
        return kept.joined(separator: " ")
    }

    /// The number of a request: long, and of letters, digits and hyphens with a digit among them. Or a
    /// position in a server's log: hexadecimal digits on both sides of a slash.
    private static func isIdentity(_ word: Substring) -> Bool {
        let halves = word.split(separator: "/", omittingEmptySubsequences: false)
        if halves.count == 2, halves.allSatisfy({ UInt64($0, radix: 16) != nil }) { return true }
        let bytes = word.utf8
        return bytes.count >= 16 && bytes.contains(where: digits.contains)
            && bytes.allSatisfy { digits.contains($0) || letters.contains($0 | 0x20) || $0 == hyphen }
    }

    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    private static let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    private static let (point, hyphen) = (UInt8(ascii: "."), UInt8(ascii: "-"))
}

extension Substring {
    /// Without the marks that stand at a word's end.
    fileprivate var trimmed: Substring {
        var word = self
        while let last = word.last, "),;:.".contains(last) { word.removeLast() }
        return word
    }
}
