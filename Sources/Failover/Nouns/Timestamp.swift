/// An instant on the controller's steady clock, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// The steady clock starts at the wall clock's time and then only follows the monotonic clock, so that a
/// stepped wall clock (NTP, a resumed virtual machine) neither shortens nor stretches any window.
public struct Timestamp: Hashable, Comparable, Sendable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    public static func + (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds + right.milliseconds)
    }

    public static func - (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds - right.milliseconds)
    }

    public static func - (left: Timestamp, right: Timestamp) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }
}

/// Text form: RFC 3339 in UTC with milliseconds, `2026-01-02T03:04:05.678Z`. The journal, the operator API
/// and `--json` all use it.
extension Timestamp: CustomStringConvertible, Codable {
    public var description: String {
        let (days, inDay) = milliseconds.flooredDivision(by: 86_400_000)
        let date = civilDate(daysSinceEpoch: days)
        let time = [
            padded(inDay / 3_600_000, 2), padded(inDay / 60_000 % 60, 2), padded(inDay / 1000 % 60, 2),
        ].joined(separator: ":")
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T\(time)"
            + ".\(padded(inDay % 1000, 3))Z"
    }

    /// Reads exactly `YYYY-MM-DDTHH:MM:SS[.fraction]Z`, a date that exists, years 0000 to 9999; nil for
    /// anything else. What follows the third digit of the fraction is cut off.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z") || bytes.last == UInt8(ascii: "z") else {
            return nil
        }
        let marks: [(Int, Character)] = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")]
        guard marks.allSatisfy({ bytes[$0] == $1.asciiValue }) else { return nil }
        guard let year = digits(bytes[0..<4]), let month = digits(bytes[5..<7]),
            let day = digits(bytes[8..<10]),
            let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]),
            let second = digits(bytes[17..<19]),
            (1...12).contains(month), (1...31).contains(day), hour <= 23, minute <= 59,
            // 60 is a leap second, which the next minute's first second stands for.
            second <= 60
        else { return nil }
        var fraction: Int64 = 0
        let rest = bytes[19..<(bytes.count - 1)]
        if !rest.isEmpty {
            let kept = rest.dropFirst().prefix(3)
            guard rest.first == UInt8(ascii: "."), let value = digits(kept), digits(rest.dropFirst()) != nil
            else {
                return nil
            }
            fraction = value * [100, 10, 1][kept.count - 1]
        }
        let days = daysSinceEpoch(year: year, month: month, day: day)
        // 31 April would silently be 1 May.
        guard civilDate(daysSinceEpoch: days) == (year, month, day) else { return nil }
        milliseconds = (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + fraction
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an RFC 3339 time in UTC: \(text)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A number of decimal digits only: `Int64("+5")` would take a sign. A long fraction wraps, and is not used.
private func digits(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard !bytes.isEmpty, bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
        return nil
    }
    return bytes.reduce(0) { $0 &* 10 &+ Int64($1 - UInt8(ascii: "0")) }
}

private func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

// Days to and from civil dates in the proleptic Gregorian calendar, with years that begin in March so that
// the leap day is a year's last (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
private func civilDate(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (daysSinceEpoch + 719_468).flooredDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
}

private func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shifted.flooredDivision(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}
