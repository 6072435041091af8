import Failover
import Foundation

/// A time of day in a time zone.
public struct DailyTime: Sendable, Equatable {
    /// Minutes after midnight.
    public var minute: Int
    public var zone: TimeZone

    /// Nil for a zone that this system does not know.
    public init?(minute: Int, zone: String) {
        guard let zone = TimeZone(identifier: zone) else { return nil }
        self.minute = minute
        self.zone = zone
    }

    /// The first one after `now`. On the day on which the clocks go forward over it, it is the first moment
    /// after the gap; where they go back, it comes once.
    public func next(after now: Timestamp) -> Timestamp {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let from = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
        let wanted = DateComponents(hour: minute / 60, minute: minute % 60, second: 0)
        let next = calendar.nextDate(
            after: from, matching: wanted, matchingPolicy: .nextTime, repeatedTimePolicy: .first)
        // It always finds one; a day later is the worst that could come of it if not.
        guard let next else { return now + .seconds(86_400) }
        return Timestamp(milliseconds: Int64((next.timeIntervalSince1970 * 1000).rounded()))
    }

    /// The newest one that is not after `now`.
    public func last(before now: Timestamp) -> Timestamp {
        // Two days back, since a day of 25 hours has just one.
        var last = next(after: now - .seconds(2 * 86_400))
        while true {
            let following = next(after: last)
            guard following <= now, following > last else { return last }
            last = following
        }
    }
}
