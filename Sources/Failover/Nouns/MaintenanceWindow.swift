/// A time of the week in which nothing fails over by itself.
public struct MaintenanceWindow: Sendable, Equatable {
    /// The days on which it begins.
    public var days: [Weekday]
    /// Minutes after midnight UTC, 0...1439.
    public var startMinute: Int
    /// Over 0, at most 24 h. May reach into the next day.
    public var duration: Duration

    public enum Weekday: String, Sendable, CaseIterable {
        case mon, tue, wed, thu, fri, sat, sun
    }

    public init(days: [Weekday], startMinute: Int, duration: Duration) {
        self.days = days
        self.startMinute = startMinute
        self.duration = duration
    }

    /// When the window that is open at `instant` ends; nil when none is.
    func end(at instant: Timestamp) -> Timestamp? {
        let (day, _) = instant.milliseconds.flooredDivision(by: 86_400_000)
        // It may have begun yesterday.
        let ends = [day - 1, day].compactMap { day -> Timestamp? in
            // 1970-01-01 was a Thursday.
            let (_, weekday) = (day + 3).flooredDivision(by: 7)
            guard days.contains(Weekday.allCases[Int(weekday)]) else { return nil }
            let start = Timestamp(milliseconds: day * 86_400_000 + Int64(startMinute) * 60_000)
            let end = start + duration
            return start <= instant && instant < end ? end : nil
        }
        return ends.max()
    }
}
