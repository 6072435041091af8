extension GateID { public static let fleet: GateID = "fleet" }

/// When so many workloads fail at once that our own eyes are the likelier fault.
public struct FleetBrake: Sendable, Equatable {
    /// More than this share of all workloads; over 0, at most 1.
    public var share: Double
    /// Turned *failed* within this time of each other.
    public var within: Duration
    /// And at least so many: two of three is an ordinary bad day.
    public var atLeast: Int

    public init(share: Double = 0.5, within: Duration = .seconds(60), atLeast: Int = 3) {
        self.share = share
        self.within = within
        self.atLeast = atLeast
    }
}

extension Gate {
    /// A monitor's own fault has taken healthy fleets away (AWS us-east-1, 2025-10: wrong health checks). A
    /// lost Region explains itself: all of them are in it, and something outside says so of each.
    static let fleet = Gate(
        .fleet, .evidence, override: .byVerb,
        asks: "no large part of all workloads has failed at once, unless one lost Region explains it"
    ) { situation in
        guard let onset = situation.attention.onset else {
            return situation.open("the workload has not failed")
        }
        let event = FleetEvent(around: onset, in: situation.surroundings)
        guard event.isLarge else { return situation.answer(true, event.text) }
        guard let region = event.lostRegion else {
            return situation.closed(
                "\(event.text), and no lost Region explains it: it looks like our own fault. It stays closed "
                    + "until a person decides: drctl failover \(situation.workload.id)")
        }
        return situation.open(
            "\(event.text), \(event.part(in: region)) in \(region), and witnesses outside say so of each")
    }
}

/// The failures that began beside each other.
private struct FleetEvent {
    private let brake: FleetBrake
    private let fleet: [Neighbour]
    private let failed: [Neighbour]

    init(around onset: Onset, in surroundings: Surroundings) {
        let brake = surroundings.brake
        self.brake = brake
        fleet = surroundings.fleet(onset)
        failed = fleet.filter { $0.onset?.isWithin(brake.within, of: onset) ?? false }
    }

    var isLarge: Bool { failed.count >= brake.atLeast && isLarge(failed.count, of: fleet.count) }

    private func isLarge(_ count: Int, of all: Int) -> Bool { Double(count) > brake.share * Double(all) }

    /// The Region whose loss explains the most, when it explains enough: outside of it no more has failed
    /// than on a bad day. One more that fails beside it is a coincidence; a large part of what is elsewhere
    /// is another cause, and two Regions are never lost at once.
    var lostRegion: Region? {
        let regions = Dictionary(grouping: failed, by: \.primaryRegion).filter { _, inside in
            inside.allSatisfy { $0.onset?.outsideConfirms ?? false }
        }
        guard let lost = regions.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) })?.key else {
            return nil
        }
        let beside = failed.count { $0.primaryRegion != lost }
        let elsewhere = fleet.count { $0.primaryRegion != lost }
        return beside > 1 && isLarge(beside, of: elsewhere) ? nil : lost
    }

    var text: String {
        "\(failed.count) of \(fleet.count) workloads failed within \(brake.within.text)"
    }

    func part(in region: Region) -> String {
        let inside = failed.count { $0.primaryRegion == region }
        return inside == failed.count ? "all of them" : "\(inside) of them"
    }
}
