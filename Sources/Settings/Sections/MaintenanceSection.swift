import Failover

enum MaintenanceKey: String, SectionKey {
    case days, start, duration

    static let places = PolicyKey.places.map { $0 + ".maintenance[]" }
}

extension MaintenanceWindow {
    /// Nil when something is missing or was refused; that has been reported then.
    init?(_ section: Section<MaintenanceKey>) {
        let days = section.required(.days, "the days on which it begins, such as [sat, sun]")
            .flatMap(Self.readDays)
        let start = section.required(.start, "when it begins, in UTC, such as \"02:00\"")?
            .text(Shapes.minuteOfDay)
        let duration = section.required(.duration, "how long it lasts, such as 2h")?
            .duration(in: .minutes(1) ... .hours(24))
        guard let days, let start, let duration else { return nil }
        self.init(days: days, startMinute: start.value, duration: duration.value)
    }

    private static func readDays(_ field: Field) -> [Weekday]? {
        guard let items = field.items(atMost: 7) else { return nil }
        if items.isEmpty {
            field.refuse("is empty; write the days, such as [sat, sun]")
            return nil
        }
        let days = items.compactMap { $0.choice(Weekday.self) }
        field.findings.refuseDuplicates(days)
        return days.count == items.count ? days.map(\.value) : nil
    }
}

extension Shapes {
    /// `HH:MM` as minutes after midnight.
    static func minuteOfDay(_ text: String) throws(Refusal) -> Int {
        guard let match = text.wholeMatch(of: /([01][0-9]|2[0-3]):([0-5][0-9])/),
            let hour = Int(match.1), let minute = Int(match.2)
        else { throw Refusal("is \(shown(text)); write \"HH:MM\" in UTC, \"00:00\" to \"23:59\"") }
        return hour * 60 + minute
    }
}
