import Failover

extension Layout {
    /// What people set so that nothing happens at the wrong time. From streams of their own: they change
    /// nothing else of a layout.
    mutating func drawPrecautions(_ seed: Seed) {
        for index in workloads.indices {
            var chance = seed.stream("maintenance/\(workloads[index].id)")
            if chance.happens(0.08) { workloads[index].policy.maintenance = [Self.window(&chance)] }
        }
        var chance = seed.stream("fleet-brake")
        guard chance.happens(0.5) else { return }
        fleetBrake = FleetBrake(
            share: chance.one(of: [0.2, 0.5, 0.7, 1]), within: .seconds(chance.number(20...180)),
            atLeast: chance.number(2...4))
    }

    /// Open in some part of the run, which begins at midnight; it may have begun the day before.
    private static func window(_ chance: inout Chance) -> MaintenanceWindow {
        let begins = chance.number(-20...20)
        // 2026-01-01, where every run begins, is a Thursday.
        let day: MaintenanceWindow.Weekday = begins < 0 ? .wed : .thu
        return MaintenanceWindow(
            days: chance.happens(0.5) ? [day] : MaintenanceWindow.Weekday.allCases,
            startMinute: (begins + 1440) % 1440, duration: .seconds(60 * chance.number(5...40)))
    }
}
