import Failover
import Journal

/// What a run is about. About half of the runs have none: chance alone seldom puts the two or three things
/// together, in the right minute, that a rare mistake takes.
enum Theme: CaseIterable {
    case none
    /// Several hosts whose lease changes hands while a failover is under way.
    case takeover
    /// Calls whose end nobody knows.
    case doubt
    /// A Region that comes back once the other one has taken over.
    case comeback
    /// Answers that come rounds later, about a primary that goes and returns.
    case lateness
    /// A disk that takes nothing while there is something to decide.
    case fullDisk

    static func drawn(from seed: Seed) -> Theme {
        var chance = seed.stream("theme")
        let none = [Theme](repeating: .none, count: 6)
        return chance.one(of: none + [.takeover, .takeover, .doubt, .doubt, .comeback, .lateness, .fullDisk])
    }

    /// What comes and goes at one database.
    var siteEvents: [Fault.Kind] { [.multiAZ, .instanceDead, .gray] }

    /// What leaves the end of a call open.
    var edges: [Fault.Kind] { [.serverErrors, .cutThere, .repliesLost, .stale, .stale] }

    /// What turns a call away.
    var refusals: [Fault.Kind] { [.accessDenied, .throttled, .expiredToken] }

    /// Which kinds of main event it starts from.
    var mainEvents: [Fault.Kind] {
        switch self {
        case .none: Fault.Kind.mainEvents
        case .takeover, .doubt, .fullDisk: [.regionDead, .instanceDead, .dataPlaneDown]
        case .comeback: [.regionDead]
        case .lateness: [.multiAZ, .instanceDead, .dataPlaneDown]
        }
    }
}

extension Layout {
    /// Made fit for what the run is about; the rest stays as it was drawn.
    mutating func suit(_ theme: Theme, _ seed: Seed) {
        guard theme != .none else { return }
        var chance = seed.stream("theme/layout")
        workloads.removeLast(max(0, workloads.count - (theme == .comeback ? 4 : 2)))
        for index in workloads.indices where chance.happens(0.8) {
            workloads[index].policy.mode = .automatic
            workloads[index].policy.maximumDataLoss = .seconds(600)
        }
        troubledFor = max(troubledFor, .seconds(1000))
        if theme == .comeback { fenceEverything() }
        guard theme == .takeover else { return }
        journal = .memory
        leaseTerms = LeaseTerms(ttl: chance.one(of: [.seconds(15), .seconds(15), .seconds(30)]))
        if hosts.count == 1 {
            var other = hosts[0]
            other.id = HostID("h2")
            hosts.append(other)
        }
        // Clocks that nobody sets, by more than a lease.
        for index in hosts.indices where chance.happens(0.4) {
            hosts[index].wallOffset = .seconds(chance.number(-60...60))
        }
    }

    /// What comes back has to find itself closed.
    private mutating func fenceEverything() {
        for index in workloads.indices {
            for place in workloads[index].databases.indices {
                let database = workloads[index].databases[place]
                guard database.fencing.method == .none else { continue }
                workloads[index].databases[place].fencing = Fencing(
                    method: .revokeIngress(securityGroups: ["sg-\(database.id)-primary"]))
            }
        }
    }
}
