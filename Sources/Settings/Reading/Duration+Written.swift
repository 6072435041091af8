import Failover

/// Durations as people write them in a file: `90s`, `1h30m`, `500ms`. A bare number has no meaning: it was
/// read as seconds by one program and as minutes by the next often enough.
extension Duration {
    /// Units from the largest to the smallest, each at most once, whole numbers.
    init(written text: String) throws(Refusal) {
        let form = /(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?/
        guard !text.isEmpty, let match = text.wholeMatch(of: form) else {
            if text.wholeMatch(of: /[0-9]+/) != nil, text.utf8.count <= 9 {
                throw Refusal(
                    "is \(text), which has no unit; write \(text)s, \(text)m, \(text)h or \(text)ms")
            }
            throw Refusal("is \(shown(text)); write a duration such as 90s, 2m, 1h30m or 500ms")
        }
        func count(_ digits: Substring?) -> Int { digits.flatMap { Int($0) } ?? 0 }
        self =
            .seconds(count(match.1) * 3600 + count(match.2) * 60 + count(match.3))
            + .milliseconds(count(match.4))
    }

    /// The same form; zero is `0s`.
    var written: String {
        let total = milliseconds
        let parts: [(Int64, String)] = [
            (total / 3_600_000, "h"), (total / 60_000 % 60, "m"), (total / 1000 % 60, "s"),
            (total % 1000, "ms"),
        ]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
        return text.isEmpty ? "0s" : text
    }

    static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }
}
