import Failover

@testable import Simulation

/// A fault, as a scenario writes it down: what, where, from when (since the start of the run) and how long.
struct Trouble {
    var kind: Fault.Kind
    var place: Spot
    var from: Duration
    /// Nil: for good. Zero for what happens at one moment.
    var lasts: Duration?
    var rate: Double

    enum Spot {
        /// Where the primaries are, or the standbys, or some other Region; nil for every service there.
        case primaryRegion(String?), standbyRegion(String?), region(Region, String?)
        /// Every primary, or every standby.
        case primary, standby
        case host(Int)
        /// What somebody asks of that host, about the first workload.
        case asked(host: Int)
        case everywhere
    }

    init(
        _ kind: Fault.Kind, _ place: Spot, from: Duration, lasts: Duration? = nil, rate: Double = 1
    ) {
        (self.kind, self.place, self.from, self.lasts, self.rate) = (kind, place, from, lasts, rate)
    }

    /// What a primary dies of, for good, two minutes after the start: by then everything has been seen to
    /// be well. And one second after clients have committed: what they did is on its way.
    static func loss(_ kind: Fault.Kind = .regionDead, at from: Duration = .seconds(121)) -> Trouble {
        Trouble(kind, kind == .instanceDead ? .primary : .primaryRegion(nil), from: from)
    }

    /// Does nothing but keep the run going until then. And what some faults do depends on their number in
    /// the schedule, which an earlier one moves.
    static func nothing(at from: Duration = .seconds(1)) -> Trouble {
        Trouble(.slow, .primaryRegion("none"), from: from, lasts: .seconds(1), rate: 0)
    }

    func faults(in layout: Layout) -> [Fault] {
        let start = World.start + from
        return places(in: layout).map { place in
            Fault(
                index: 0, kind: kind, place: place, from: start,
                until: lasts.map { start + $0 } ?? .distantFuture, rate: rate)
        }
    }

    private func places(in layout: Layout) -> [Fault.Place] {
        let workload = layout.workloads[0]
        switch place {
        case .primaryRegion(let service): return [.init(region: workload.primaryRegion, service: service)]
        case .standbyRegion(let service): return [.init(region: workload.standbyRegion, service: service)]
        case .region(let region, let service): return [.init(region: region, service: service)]
        case .primary: return layout.databases.map { .init(site: SiteName($0.database.primary)) }
        case .standby: return layout.databases.map { .init(site: SiteName($0.database.standby)) }
        case .host(let number): return [.init(host: layout.hosts[number].id)]
        case .asked(let number): return [.init(host: layout.hosts[number].id, workload: workload.id)]
        case .everywhere: return [.init()]
        }
    }
}
