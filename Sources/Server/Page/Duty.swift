import Failover

/// What a person who was just woken has to know of one workload: is anything wrong, what is drctl doing, what
/// must I do.
struct Duty {
    enum Level: Int, Comparable {
        case calm, watch, act

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

        var name: String {
            switch self {
            case .calm: "calm"
            case .watch: "watch"
            case .act: "act"
            }
        }
    }

    struct Task {
        var text: String
        var command: String?
        var runbook: String?
    }

    private(set) var level = Level.calm
    private(set) var wrong: [String] = []
    private(set) var doing: String?
    private(set) var tasks: [Task] = []

    init(_ view: WorkloadView, runbook: String?) {
        take(view, runbook)
        if view.phase != .failedOver { takeReadiness(view) }
        takeDebts(view)
    }

    private mutating func raise(_ level: Level, _ wrong: String? = nil) {
        self.level = max(self.level, level)
        if let wrong { self.wrong.append(wrong) }
    }

    private mutating func take(_ view: WorkloadView, _ runbook: String?) {
        let id = view.id
        let sentence = view.assessment?.sentence ?? "\(id) has not been looked at yet."
        switch view.phase {
        case .watching:
            guard view.assessment?.verdict != .healthy else { break }
            raise(.watch, sentence)
            if view.assessment?.verdict == .configurationFault {
                ask("Repair what drctl needs to see \(id).", "drctl doctor")
            }
        case .suspected:
            raise(.watch, sentence)
            doing = "\(id): looking closely; nothing is changed until the evidence holds"
        case .blocked:
            raise(.act, sentence)
            let closed = view.assessment?.closedGates.map(\.rawValue).joined(separator: ", ") ?? ""
            doing = "\(id): held back by \(closed)"
            ask("Decide about \(id): drctl will not by itself.", "drctl explain \(id)", runbook)
        case .awaitingApproval:
            raise(.act, sentence)
            doing = "\(id): ready to fail over, waiting for your word"
            ask("Say yes or no to the failover of \(id).", "drctl approve \(id) --reason '...'", runbook)
        case .failingOver:
            raise(.act, "\(id) is failing over.")
            doing = "\(id): \(Self.progress(view))"
        case .needsOperator:
            raise(.act, "The failover of \(id) has stopped halfway.")
            doing = "\(id): waiting for you at \(Self.progress(view))"
            ask("Say how to go on with \(id).", "drctl resume \(id) --reason '...'", runbook)
        case .failedOver:
            raise(.watch, "\(id) runs in \(view.activeRegion) after failover \(view.epoch).")
            if view.exposedSince != nil {
                ask("Build \(id) a new standby.", nil, Runbook.afterFailover.path)
            }
        }
    }

    /// Healthy, and yet a failover would be refused if it were needed now.
    private mutating func takeReadiness(_ view: WorkloadView) {
        if let hold = view.hold {
            raise(.watch, "\(view.id) is on hold by \(hold.by): \(hold.reason)")
            ask("Take \(view.id) off hold when that is over.", "drctl release \(view.id) --reason '...'")
        }
        guard view.phase == .watching, view.assessment?.verdict == .healthy else { return }
        for gate in view.assessment?.gates ?? [] where !gate.open && gate.kind == .safe {
            raise(.watch, "\(view.id) could not fail over now: \(gate.id): \(gate.because)")
        }
    }

    private mutating func takeDebts(_ view: WorkloadView) {
        for fence in view.owedFences {
            raise(
                .act,
                "NOT FENCED: \(fence.identifier) in \(fence.region) may accept writes; drctl fences it as "
                    + "soon as that Region answers")
            ask("Keep writers away from \(fence.identifier).", nil, Runbook.fenceOwed.path)
        }
        if !view.unfenced.isEmpty {
            let names = view.unfenced.map(\.rawValue).joined(separator: ", ")
            raise(.watch, "\(names): not fenced, as configured")
        }
        for ledger in view.ledgers {
            ask("Find out what failover \(ledger.failover) lost.", "drctl ledger \(view.id)")
        }
        if view.undeliveredNotices > 0 {
            raise(.watch, "\(view.undeliveredNotices) notices about \(view.id) have reached nobody")
        }
    }

    private mutating func ask(_ text: String, _ command: String? = nil, _ runbook: String? = nil) {
        tasks.append(Task(text: text, command: command, runbook: runbook))
    }

    /// `failover 1, step 3 of 6: 3-detach:payments`
    private static func progress(_ view: WorkloadView) -> String {
        guard let plan = view.plan else { return "failover \(view.epoch)" }
        let place = plan.steps.firstIndex { ![.done, .unconfirmed].contains($0.state) }
        guard let place else { return "failover \(plan.plan.epoch), all steps done" }
        return "failover \(plan.plan.epoch), step \(place + 1) of \(plan.steps.count): "
            + plan.steps[place].id.rawValue
    }
}
