/// The moment a signature is made, to the second, in UTC.
///
/// AWS accepts a signature for some minutes around its own clock, so sign again for each attempt. The
/// calendar is computed here, because a formatter brings locales, time zones and a megabyte of ICU to a fixed
/// format.
public struct SigningTime: Sendable, Hashable {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
    public let unixSeconds: Int64

    public init(unixSeconds: Int64) {
        self.unixSeconds = unixSeconds
    }

    /// `20260102T030405Z`, the value of X-Amz-Date.
    public var amzDate: String {
        let secondOfDay = dayAndSecond.second
        let (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
        var text = dateText
        text.append(UInt8(ascii: "T"))
        for part in [hour, minute, second] { Self.append(part, width: 2, to: &text) }
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// `20260102`, the date in the credential scope: always the first eight digits of `amzDate`.
    public var dateStamp: String { String(decoding: dateText, as: UTF8.self) }

    private var dateText: [UInt8] {
        let date = civilDate
        var text: [UInt8] = []
        text.reserveCapacity(16)
        Self.append(date.year, width: 4, to: &text)
        Self.append(date.month, width: 2, to: &text)
        Self.append(date.day, width: 2, to: &text)
        return text
    }

    /// The format has four digits for the year, and no credential is older than AWS.
    func validated() throws(Defect) {
        guard unixSeconds >= 0, civilDate.year <= 9999 else {
            throw Defect(
                .time, "\(unixSeconds) seconds lies outside the years 1970 to 9999",
                remedy: "pass Unix time in seconds, not in milliseconds, from a clock that has been set")
        }
    }

    private static let secondsPerDay: Int64 = 86_400

    /// Days since 1970-01-01, rounded towards the past, and the seconds since that midnight.
    private var dayAndSecond: (day: Int64, second: Int64) {
        let (quotient, remainder) = unixSeconds.quotientAndRemainder(dividingBy: Self.secondsPerDay)
        return remainder < 0 ? (quotient - 1, remainder + Self.secondsPerDay) : (quotient, remainder)
    }

    /// Proleptic Gregorian date. Years are counted from March, so that the leap day is the last day of a
    /// year; 719,468 days lie between 0000-03-01 and 1970-01-01, and 146,097 days make one cycle of 400
    /// years.
    private var civilDate: (year: Int64, month: Int64, day: Int64) {
        let shifted = dayAndSecond.day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// At least `width` digits.
    private static func append(_ number: Int64, width: Int, to text: inout [UInt8]) {
        if number < 0 { text.append(UInt8(ascii: "-")) }
        var divisor: UInt64 = 1
        for _ in 1..<width { divisor *= 10 }
        while number.magnitude / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(number.magnitude / divisor % 10))
            divisor /= 10
        }
    }
}
