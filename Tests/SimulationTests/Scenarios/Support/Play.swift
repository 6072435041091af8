import Failover
import Testing

@testable import Simulation

/// A run of the simulator, and what happened to its (first) workload.
struct Play: CustomTestStringConvertible {
    let stage: Stage
    let troubles: [Trouble]
    let report: RunReport
    private(set) var events: [Dated<Event>] = []
    /// Everything that changed in the estate.
    private(set) var effects: [Dated<Effect>] = []
    /// Every call that changes the estate, as it left a host. Telling people is none.
    private(set) var sent: [Dated<Mutation>] = []
    /// Every notice that reached people, once, by the topic that was first.
    private(set) var told: [Dated<Told>] = []
    private(set) var replies: [Dated<OperatorReply>] = []
    private(set) var hosts: [Dated<Happening.HostEvent>] = []
    private(set) var leases: [Dated<Int>] = []

    struct Dated<What> {
        var at: Timestamp
        /// Nil for what the world does.
        var host: HostID?
        var what: What

        /// Since the start of the run.
        var since: Duration { at - World.start }
    }

    struct Told {
        var id: Happening.NoticeID
        var kind: Notice.Kind
        var topic: Topic
    }

    /// Plays it. No run may break a rule, and all of its troubles have to take place, and nothing else.
    init(_ stage: Stage, troubles: [Trouble], _ sourceLocation: SourceLocation) {
        self.stage = stage
        self.troubles = troubles
        report = Simulation.run(seed: stage.seed, layout: stage.layout, faults: stage.faults)
        for happening in report.happenings { take(happening) }
        let begun = report.happenings.count { happening in
            if case .fault(_, begins: true) = happening.kind { true } else { false }
        }
        expect(report.violations.isEmpty, "no violation", sourceLocation)
        expect(begun == stage.faults.count, "every trouble", sourceLocation)
    }

    private mutating func take(_ happening: Happening) {
        let at = happening.at
        switch happening.kind {
        case .record(let host, let record) where record.workload == stage.workload.id:
            events.append(Dated(at: at, host: host, what: record.event))
        case .effect(let effect): effects.append(Dated(at: at, what: effect))
        case .mutation(let host, let mutation) where !mutation.tells:
            sent.append(Dated(at: at, host: host, what: mutation))
        case .delivered(let id, let kind, stage.workload.id, let topic):
            guard !told.contains(where: { $0.what.id == id }) else { break }
            told.append(Dated(at: at, what: Told(id: id, kind: kind, topic: topic)))
        case .request(let host, stage.workload.id, _, let reply):
            replies.append(Dated(at: at, host: host, what: reply))
        case .host(let host, let event): hosts.append(Dated(at: at, host: host, what: event))
        case .lease(let holder, let epoch, _): leases.append(Dated(at: at, host: holder, what: epoch))
        default: break
        }
    }

    /// Which run it is, for whoever reads of a failure.
    var testDescription: String {
        (["seed \(stage.seed.value)"] + report.layout + report.faults.map { "\($0.from) \($0)" }
            + report.violations.map(\.description)).joined(separator: "\n  ")
    }
}
