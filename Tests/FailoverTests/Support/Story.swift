@testable import Failover

extension World {
    /// The records as lines: seconds since the start, what happened, `[rule]`.
    var story: [String] { records.compactMap(\.line) }

    /// Only the changes of phase.
    var phases: [String] {
        records.compactMap { record in
            if case .phaseChanged = record.event { record.line } else { nil }
        }
    }

    /// Kinds of the notices that were issued, in order.
    var told: [Notice.Kind] { notices.map(\.kind) }

    var notices: [Notice] {
        records.compactMap { if case .noticeIssued(let notice) = $0.event { notice } else { nil } }
    }

    /// The promoting steps that were begun, as `epoch step`; each try once.
    var promotions: [String] {
        var plans: [Int: Plan] = [:]
        return records.compactMap { record in
            if case .planAdopted(let plan) = record.event { plans[plan.epoch] = plan }
            guard case .stepStarted(let step, let attempt) = record.event,
                plans[record.epoch]?.step(step)?.action.promotes == true
            else { return nil }
            return "\(record.epoch) \(step) try \(attempt)"
        }
    }

    var rules: Set<RuleID> { Set(records.compactMap(\.rule)) }
}

extension Record {
    /// Nil for what stories leave out: judgements, deliveries, and the controller's own comings and goings.
    var line: String? {
        let text: String
        switch event {
        case .controllerStarted, .controllerStopped, .assessed, .noticeSettled, .lossFrozen: return nil
        case .phaseChanged(let from, let to, _, _): text = "\(from.rawValue) -> \(to.rawValue)"
        case .requestReceived(let request): text = "\(request.by) asks: \(request.verb.rawValue)"
        case .requestRefused(let request, _): text = "\(request.by) is refused: \(request.verb.rawValue)"
        case .planAdopted(let plan): text = "plan \(plan.epoch)"
        case .stepStarted(let step, let attempt): text = "\(step) try \(attempt)"
        case .stepFinished(let step, _, let outcome):
            text = "\(step) \(outcome.succeeded ? "done" : "failed")"
        case .stepUnconfirmed(let step, _): text = "\(step) unconfirmed"
        case .planEnded(let ending): text = "plan ended: \(ending.outcome.rawValue)"
        case .fenceOwed(let fence, _): text = "fence owed: \(fence.identifier)"
        case .fenceSettled(let fence, .fenced): text = "fence made: \(fence.identifier)"
        case .fenceSettled(let fence, .cancelled): text = "fence called off: \(fence.identifier)"
        case .holdPlaced(let hold): text = "hold by \(hold.by)"
        case .holdReleased(let by, _): text = "released by \(by)"
        case .noticeIssued(let notice): text = "tell \(notice.kind.rawValue)"
        case .exposureEnded: text = "exposure ended"
        case .planRewound: text = "plan rewound"
        case .nudged(let source): text = "nudged by \(source)"
        case .ledgerClosed(let failover, let by, _): text = "ledger \(failover) closed by \(by)"
        }
        let seconds = (at - World.start).milliseconds / 1000
        return "\(seconds)s \(text)" + (rule.map { " [\($0)]" } ?? "")
    }
}

extension OperatorReply {
    var refusal: String? { if case .refused(let message) = self { message } else { nil } }
    var isAccepted: Bool { refusal == nil }
}
