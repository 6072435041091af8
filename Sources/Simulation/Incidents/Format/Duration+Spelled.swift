import Failover

/// Times as people write them in a timeline: `90s`, `2m`, `1h30m`, `500ms`, `1.5m`, `2 min`; `0` needs no
/// unit.
extension Duration {
    init?(spelled text: String) {
        var rest = Substring(text.filter { $0 != " " })
        if rest == "0" {
            self = .zero
            return
        }
        guard !rest.isEmpty else { return nil }
        var milliseconds = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let value = Double(digits), value < 1e7, let factor = Self.units[String(unit)] else {
                return nil
            }
            milliseconds += value * factor
        }
        self = .milliseconds(Int64(milliseconds.rounded()))
    }

    private static let units: [String: Double] = [
        "ms": 1, "s": 1000, "sec": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000,
    ]

    /// The shortest way to write it: `1h30m`, `90ms`, `0s`.
    var spelled: String {
        let total = milliseconds
        if total < 0 { return "-" + (Duration.zero - self).spelled }
        let parts: [(Int64, String)] = [
            (total / 3_600_000, "h"), (total / 60_000 % 60, "m"), (total / 1000 % 60, "s"),
            (total % 1000, "ms"),
        ]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
        return text.isEmpty ? "0s" : text
    }
}
