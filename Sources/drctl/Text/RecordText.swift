import Failover

/// One line for one record: `drctl history`, the service's log, and progress.
struct RecordText {
    let record: Record

    var line: String {
        let rule = record.rule.map { " [\($0)]" } ?? ""
        return "\(record.workload?.rawValue ?? "controller"): \(oneLine(event))\(rule)"
    }

    private var event: String {
        switch record.event {
        case .controllerStarted(let version, let digest):
            "started, version \(version), configuration \(digest)"
        case .controllerStopped(let reason): "stopped: \(reason)"
        case .phaseChanged(let from, let to, let because, _): "\(from.rawValue) -> \(to.rawValue): \(because)"
        case .assessed(let assessment): "judged \(assessment.verdict.rawValue): \(assessment.sentence)"
        case .requestReceived(let request): "\(request.verb.rawValue) by \(request.by): \(request.reason)"
        case .requestRefused(let request, let because):
            "\(request.verb.rawValue) by \(request.by) refused: \(oneLine(because))"
        case .planAdopted(let plan):
            "failover \(plan.epoch) planned, \(originText(plan.origin)): \(forecast(plan))"
        case .stepStarted(let step, let attempt): "\(step) started\(attempt > 1 ? ", try \(attempt)" : "")"
        case .stepFinished(let step, _, let outcome):
            "\(step) \(outcome.succeeded ? "done" : "failed"): \(outcome.detail)"
        case .stepUnconfirmed(let step, let because): "\(step) not confirmed: \(because)"
        case .planEnded(let ending): "failover \(record.epoch) \(ending.outcome.rawValue): \(ending.because)"
        case .fenceOwed(let fence, let because):
            "\(fence.identifier) in \(fence.region) is NOT FENCED: \(because)"
        case .fenceSettled(let fence, let settlement): settled(fence, settlement)
        case .holdPlaced(let hold): "on hold by \(hold.by): \(hold.reason)"
        case .holdReleased(let by, let reason): "off hold, by \(by): \(reason)"
        case .noticeIssued(let notice): "told people: \(notice.headline)"
        case .noticeSettled(let id, let deliveries): notice(id, deliveries)
        case .exposureEnded(let because): "protected again: \(because)"
        case .planRewound(let because): "back to the recheck: \(because)"
        case .nudged(let source): "looking now, because of \(source)"
        case .lossFrozen(let ledger): LedgerText(ledger: ledger).line
        case .ledgerClosed(let failover, let by, let reason):
            "the loss of failover \(failover) is dealt with, says \(by): \(reason)"
        }
    }

    private func forecast(_ plan: Plan) -> String {
        let loss =
            plan.forecast.lossSeconds.map { "up to \(secondsText($0)) may be lost" } ?? "the loss is unknown"
        return "\(plan.steps.count) steps, about \(secondsText(plan.forecast.rtoSeconds)), \(loss)"
    }

    private func settled(_ fence: FenceAction, _ settlement: FenceSettlement) -> String {
        switch settlement {
        case .fenced(let detail): "\(fence.identifier) in \(fence.region) is fenced: \(detail)"
        case .cancelled(let because): "\(fence.identifier) in \(fence.region) needs no fence: \(because)"
        }
    }

    private func notice(_ id: String, _ deliveries: [Delivery]) -> String {
        let failed = deliveries.filter { $0.failure != nil }
        let sent = deliveries.count - failed.count
        let failures = failed.map { "\($0.notifier ?? $0.topic.arn): \($0.failure ?? "")" }
            .joined(separator: "; ")
        let trouble = failures.isEmpty ? "" : "; \(failures)"
        let what = deliveries.contains { $0.notifier != nil } ? "topics and notifiers" : "topics"
        return "notice \(id) reached \(sent) of \(deliveries.count) \(what)\(trouble)"
    }
}

func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: "; ") }
