extension WallTime: CustomStringConvertible {
    /// ISO 8601 in UTC, `2026-01-02T03:04:05Z`, with six digits of fraction only when there is one: the form
    /// that botocore sends in query bodies.
    public var description: String {
        let microseconds = Int64((unixSeconds * 1_000_000).rounded())
        let (seconds, fraction) = Self.floorDivide(microseconds, 1_000_000)
        let (day, secondOfDay) = Self.floorDivide(seconds, 86_400)
        let date = Self.civil(fromDay: day)
        var text = "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))T"
        text += "\(Self.padded(secondOfDay / 3600, 2)):\(Self.padded(secondOfDay / 60 % 60, 2))"
        text += ":\(Self.padded(secondOfDay % 60, 2))"
        if fraction != 0 { text += ".\(Self.padded(fraction, 6))" }
        return text + "Z"
    }

    /// Reads ISO 8601 with `Z` or an offset (`+00:00`, `+0000`), as AWS writes it. Nil for anything else.
    public init?(iso8601 text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2),
            scanner.skip("-"),
            let day = scanner.number(2), scanner.skip("T"),
            let clock = scanner.clock()
        else { return nil }
        let fraction = scanner.skip(".") ? scanner.fraction() : 0
        guard let fraction, let offset = scanner.zone(), scanner.isAtEnd,
            let midnight = Self.day(year: year, month: month, day: day)
        else { return nil }
        self.init(unixSeconds: Double(midnight * 86_400 + clock - offset) + fraction)
    }

    /// Reads the HTTP `Date` header, `Wed, 21 Oct 2015 07:28:00 GMT` (RFC 9110, 5.6.7). Nil for anything
    /// else.
    public init?(httpDate text: String) {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), let year = Int64(words[3]),
            let month = Self.months.firstIndex(of: String(words[2]))
        else { return nil }
        var scanner = DigitScanner(String(words[4]))
        guard let clock = scanner.clock(), scanner.isAtEnd,
            let midnight = Self.day(year: year, month: Int64(month) + 1, day: day)
        else { return nil }
        self.init(unixSeconds: Double(midnight * 86_400 + clock))
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let remainder = (value % divisor + divisor) % divisor
        return ((value - remainder) / divisor, remainder)
    }

    /// Days since 1970-01-01 of a date in the proleptic Gregorian calendar, counted in 400-year eras that
    /// start in March so that the leap day comes last. Nil for a date that does not exist.
    private static func day(year: Int64, month: Int64, day: Int64) -> Int64? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = floorDivide(shifted, 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let result = era * 146_097 + dayOfEra - 719_468
        let check = civil(fromDay: result)
        return check.month == month && check.day == day ? result : nil
    }

    private static func civil(fromDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivide(day + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

/// Reads fixed-width numbers from the front of a text.
private struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func number(_ width: Int) -> Int64? {
        let digits = rest.prefix(width)
        guard digits.count == width, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        rest = rest.dropFirst(width)
        return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    /// The digits after a decimal point, one to nine of them.
    mutating func fraction() -> Double? {
        let digits = rest.prefix { (48...57).contains($0) }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        var scale = 1.0
        var value = 0.0
        for digit in digits {
            value = value * 10 + Double(digit - 48)
            scale *= 10
        }
        return value / scale
    }

    /// `HH:MM:SS` as seconds since midnight.
    mutating func clock() -> Int64? {
        guard let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// `Z` or an offset from UTC, in seconds.
    mutating func zone() -> Int64? {
        if skip("Z") { return 0 }
        let sign: Int64
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(2) else { return nil }
        _ = skip(":")
        guard let minutes = number(2) else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
