/// Says which content was in force: the same for two files that differ only in comments, layout, quotes and
/// aliases. FNV-1a, 64 bits: to tell versions apart, not to prove anything.
struct Digest {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    static func of(_ tree: Tree) -> String {
        var digest = Digest()
        digest.add(tree)
        let hex = String(digest.state, radix: 16)
        return String(repeating: "0", count: 16 - hex.count) + hex
    }

    private mutating func add(_ tree: Tree) {
        switch tree.content {
        case .scalar(let text, _): add("s", text)
        case .sequence(let items):
            add("l", String(items.count))
            for item in items { add(item) }
        case .mapping(let entries):
            add("m", String(entries.count))
            for entry in entries {
                add("k", entry.key)
                add(entry.value)
            }
        case .refused: add("r", "")
        }
    }

    /// Kind and length first, so that no two contents run together into the same bytes.
    private mutating func add(_ kind: String, _ text: String) {
        for byte in "\(kind)\(text.utf8.count):\(text)".utf8 {
            state = (state ^ UInt64(byte)) &* 0x100_0000_01b3
        }
    }
}
