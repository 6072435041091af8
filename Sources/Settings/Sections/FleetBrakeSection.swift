import Failover

enum FleetBrakeKey: String, SectionKey {
    case percent, within
    case atLeast = "at_least"

    static let places = ["controller.fleet_brake"]
}

extension FleetBrake {
    /// What the section says, and the defaults where it says nothing.
    init(_ section: Section<FleetBrakeKey>?) {
        self.init()
        if let percent = section?.field(.percent)?.integer(in: 1...100) {
            share = Double(percent.value) / 100
        }
        if let within = section?.field(.within)?.duration(in: .seconds(1) ... .hours(1)) {
            self.within = within.value
        }
        if let count = section?.field(.atLeast)?.integer(in: 2...1000) { atLeast = count.value }
    }
}
