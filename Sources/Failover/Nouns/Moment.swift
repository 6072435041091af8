/// A time as people type it.
public enum Moment {
    /// What `read` takes, for a message.
    public static let forms = "2026-01-02T03:04:05Z, 2026-01-02T11:04:05.678+08:00, -10m, -1h30m, -2d or now"

    /// Reads RFC 3339 (the fraction may be left out; without an offset it is UTC; a space may stand for the
    /// `T`, and the seconds may be left out), or a span before `now`: `-90s`, `-10m`, `-1h30m`, `-2d`,
    /// `10m ago`, `now`. Nil for anything else.
    public static func read(_ text: String, now: Timestamp) -> Timestamp? {
        if text == "now" { return now }
        if text.hasPrefix("-") { return span(text.dropFirst()).map { now - $0 } }
        if text.hasSuffix(" ago") { return span(text.dropLast(4)).map { now - $0 } }
        return absolute(text)
    }

    private static func absolute(_ text: String) -> Timestamp? {
        var bytes = Array(text.utf8)
        guard bytes.count >= 16, bytes.count <= 64 else { return nil }
        if bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "t") { bytes[10] = UInt8(ascii: "T") }
        var offset = Duration.zero
        if bytes.last == UInt8(ascii: "Z") || bytes.last == UInt8(ascii: "z") {
            bytes.removeLast()
        } else if let found = trailingOffset(bytes) {
            offset = found
            bytes.removeLast(6)
        }
        if bytes.count == 16 { bytes += Array(":00".utf8) }
        return Timestamp(String(decoding: bytes, as: UTF8.self) + "Z").map { $0 - offset }
    }

    /// `+08:00` or `-03:30` at the end; nil when there is none, which the rest of the reading finds out.
    private static func trailingOffset(_ bytes: [UInt8]) -> Duration? {
        let tail = bytes.suffix(6).map { $0 }
        guard bytes.count > 16 + 5, tail[3] == UInt8(ascii: ":"),
            tail[0] == UInt8(ascii: "+") || tail[0] == UInt8(ascii: "-"),
            let hours = number(tail[1...2]), let minutes = number(tail[4...5]), hours < 24, minutes < 60
        else { return nil }
        let span = Duration.seconds(hours * 3600 + minutes * 60)
        return tail[0] == UInt8(ascii: "+") ? span : .zero - span
    }

    private static let units: [(name: Character, seconds: Int)] = [
        ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
    ]

    /// Units from the largest to the smallest, each at most once.
    private static func span(_ text: some StringProtocol) -> Duration? {
        var (seconds, digits) = (0, "")
        var rest = units[...]
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            guard let unit = rest.firstIndex(where: { $0.name == character }), digits.count <= 6,
                let count = Int(digits)
            else { return nil }
            seconds += count * units[unit].seconds
            digits = ""
            rest = units[(unit + 1)...]
        }
        return digits.isEmpty && !text.isEmpty ? .seconds(seconds) : nil
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
