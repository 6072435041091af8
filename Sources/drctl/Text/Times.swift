import Failover
import Foundation

/// An instant in the zone of whoever reads it: the system's, or that of $TZ.
struct LocalTime {
    /// `2026-01-02`.
    let date: String
    /// `03:04:05`.
    let clock: String
    /// `CET`, or `+08` where the zone has no letters.
    let zone: String
    let isUTC: Bool

    init(_ instant: Timestamp) {
        var seconds = time_t(instant.milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
        date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        clock = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
        zone = parts.tm_zone.map { String(cString: $0) } ?? ""
        isUTC = parts.tm_gmtoff == 0
    }
}

/// `04:12:04 CET (03:12:04Z)`, each with the date in front when it is not today's; in UTC alone where that is
/// the reader's zone.
func clockText(_ instant: Timestamp, now: Timestamp) -> String {
    let (text, today) = (instant.description, now.description)
    let time = text.dropFirst(11).prefix(8) + "Z"
    let utc = text.prefix(10) == today.prefix(10) ? String(time) : "\(text.prefix(10)) \(time)"
    let local = LocalTime(instant)
    guard !local.isUTC else { return utc }
    let day = local.date == LocalTime(now).date ? "" : "\(local.date) "
    return "\(day)\(local.clock) \(local.zone) (\(utc))"
}

/// `2026-01-02 04:12:04 CET (2026-01-02T03:12:04.000Z)`, or what stands in the brackets alone.
func momentText(_ instant: Timestamp) -> String {
    let local = LocalTime(instant)
    return local.isUTC ? "\(instant)" : "\(local.date) \(local.clock) \(local.zone) (\(instant))"
}

/// `8 min ago`.
func agoText(_ instant: Timestamp, now: Timestamp) -> String {
    let age = now - instant
    return age < .seconds(1) ? "just now" : "\(age.text) ago"
}

func secondsText(_ seconds: Double) -> String { Duration.milliseconds(Int64(seconds * 1000)).text }
