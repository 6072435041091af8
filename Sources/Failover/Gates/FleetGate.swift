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
        let (brake, all) = (situation.surroundings.brake, situation.surroundings.neighbours.count)
        guard let mine = situation.attention.quorumSince else {
            return situation.open("the workload has not failed")
        }
        let others = situation.surroundings.others.filter { $0.failed(within: brake.within, of: mine) }
        let count = others.count + 1
        guard count >= brake.atLeast, Double(count) > brake.share * Double(all) else {
            return situation.answer(
                true, "\(count) of \(all) workloads failed within \(brake.within.text)")
        }
        let region = situation.workload.primaryRegion
        let explained =
            situation.outsideConfirms
            && others.allSatisfy { $0.primaryRegion == region && $0.outsideConfirms }
        let text = "\(count) of \(all) workloads failed within \(brake.within.text)"
        return explained
            ? situation.open("\(text), all of them in \(region), and witnesses outside say so of each")
            : situation.closed(
                "\(text), and no lost Region explains it: it looks like our own fault. It stays closed until "
                    + "a person decides: drctl failover \(situation.workload.id)")
    }
}

extension Situation {
    /// A witness that stands outside our own path says failed of every database.
    var outsideConfirms: Bool {
        databases.allSatisfy { failedVotes(of: $0).contains(where: \.witness.standsOutside) }
    }
}
