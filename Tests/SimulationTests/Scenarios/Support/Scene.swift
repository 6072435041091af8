import Failover
import Journal
import Testing

@testable import Simulation

/// A scenario's runs: who is there, and the only things that go wrong. Everything else (engines, witnesses,
/// windows, clocks, how long things take) is drawn from each run's seed.
struct Scene {
    var troubles: [Trouble] = []
    var hosts = Hosts.alone
    /// How many, at least. More than one is drawn in half of the seeds.
    var workloads = 1
    /// What this scenario needs to be set otherwise.
    var set: (inout Layout) -> Void = { _ in }
    /// Which of the drawn layouts will do.
    var fits: (Layout) -> Bool = { _ in true }

    enum Hosts {
        /// With a journal of its own.
        case alone
        /// With the lease and the journal of several, and nobody else there.
        case one
        case several
    }

    /// The runs of the first seeds that fit and in which `took` is so: chance decides about some of what a
    /// scenario is about. No run breaks a rule, whether it counts or not.
    func plays(
        _ count: Int, where took: (Play) -> Bool = { _ in true },
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [Play] {
        var (found, played): ([Play], Int) = ([], 0)
        for stage in (UInt64(1)...2000).lazy.compactMap({ self.stage(Seed($0)) }) {
            let play = Play(stage, troubles: troubles, sourceLocation)
            if took(play) { found.append(play) }
            played += 1
            if found.count == count || played == 5 * count { break }
        }
        try #require(
            found.count == count, "only \(found.count) of \(played) runs tell it",
            sourceLocation: sourceLocation)
        return found
    }

    private func stage(_ seed: Seed) -> Stage? {
        var layout = Layout.drawn(from: seed)
        guard layout.workloads.count >= workloads, isInGoodMood(seed) else { return nil }
        if workloads == 1 { layout.workloads = Array(layout.workloads.prefix(1)) }
        cast(&layout)
        for index in layout.workloads.indices { makeWilling(&layout.workloads[index]) }
        set(&layout)
        guard fits(layout) else { return nil }
        return Stage(seed: seed, layout: layout, troubles: troubles)
    }

    /// No promotion comes to nothing by itself.
    private func isInGoodMood(_ seed: Seed) -> Bool {
        let temper = Temper.drawn(from: seed)
        return temper.givenUpPromotions == 0 && temper.brokenPromotions == 0
    }

    private func cast(_ layout: inout Layout) {
        if hosts != .several { layout.hosts = Array(layout.hosts.prefix(1)) }
        guard hosts != .alone else {
            layout.leaseTerms = nil
            return
        }
        layout.journal = .memory
        layout.leaseTerms = LeaseTerms(ttl: .seconds(15))
        guard hosts == .several, layout.hosts.count == 1 else { return }
        var other = layout.hosts[0]
        other.id = "h2"
        layout.hosts.append(other)
    }

    /// As people set it who want a failover: nothing but the troubles keeps it from being made.
    private func makeWilling(_ workload: inout Workload) {
        workload.policy.mode = .automatic
        workload.policy.quorum = 2
        workload.policy.maximumDataLoss = .seconds(600)
        workload.policy.stallAfter = .seconds(90)
        workload.policy.maintenance = []
        for index in workload.databases.indices { workload.databases[index].fencing.required = false }
    }
}

/// One run before it is played.
struct Stage {
    let seed: Seed
    let layout: Layout
    let faults: [Fault]

    init(seed: Seed, layout: Layout, troubles: [Trouble]) {
        self.seed = seed
        var layout = layout
        // The run goes on until nothing happens any more, but not before the last trouble is over.
        let ends = troubles.map { $0.from + ($0.lasts ?? .zero) + $0.kind.aftermath }
        layout.troubledFor = (ends.max() ?? .seconds(120)) + .seconds(1)
        self.layout = layout
        faults = troubles.flatMap { $0.faults(in: layout) }.enumerated().map { index, fault in
            var fault = fault
            fault.index = index
            return fault
        }
    }

    var workload: Workload { layout.workloads[0] }
    var policy: Policy { workload.policy }
    var standbys: [SiteName] { workload.databases.map { SiteName($0.standby) } }
}
