import Failover

/// Dates as HTTP and SigV4 write them.
enum Calendar {
    /// Since 1970-01-01, in the proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level
    /// Date Algorithms"). For years after 0.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Wed, 21 Oct 2015 07:28:00 GMT` (RFC 9110, 5.6.7), as in the header `Date`.
    static func httpDate(_ time: Timestamp) -> String {
        let text = time.description
        let fields = text.prefix(10).split(separator: "-")
        let month = months[(Int(fields[1]) ?? 1) - 1]
        let weekday = weekdays[Int(time.milliseconds / 86_400_000 % 7)]
        return "\(weekday), \(fields[2]) \(month) \(fields[0]) \(text.dropFirst(11).prefix(8)) GMT"
    }
}
