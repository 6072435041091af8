import Failover
import Server

/// `drctl status`, for people.
struct StatusText {
    let status: ServiceStatus
    /// Every step and gate, not only what is out of order.
    let detailed: Bool

    var text: String {
        var blocks = [header]
        blocks += status.workloads.map(workload)
        return blocks.joined(separator: "\n\n")
    }

    private var now: Timestamp { status.now }

    private var header: String {
        let round = status.lastRoundAt.map { "last look \(agoText($0, now: now))" } ?? "no look yet"
        var line = "drctl \(status.version) in \(status.region), \(round), \(clockText(now, now: now))"
        if let lease = status.lease { line += "\n\(leadership(lease))" }
        if let fault = status.journalFault {
            line += "\nTHE JOURNAL CANNOT BE WRITTEN, nothing is decided: \(fault)"
        }
        for notifier in status.notifiers ?? [] {
            if let trouble = notifier.trouble {
                line += "\nNOTIFIER \(notifier.name) FAILS: \(oneLine(trouble))"
            }
        }
        return line
    }

    private func leadership(_ lease: LeaseView) -> String {
        if lease.validUntil != nil { return "this host leads (\(lease.holder), epoch \(lease.epoch))" }
        if lease.holder.isEmpty { return "NO HOST LEADS: nothing is decided until one holds the lease" }
        return "\(lease.holder) leads (epoch \(lease.epoch)); this host watches, and takes over without it"
    }

    private func workload(_ view: WorkloadView) -> String {
        var lines = [headline(view)]
        if let assessment = view.assessment { lines.append("  \(sentence(view, assessment))") }
        lines += warnings(view).map { "  ! \($0)" }
        // After a failover the evidence is about the old primary, which nobody waits for.
        if let assessment = view.assessment, detailed || view.phase != .failedOver {
            lines += assessment.databases.map { databaseLine($0, assessment) }
            if detailed && view.phase != .failedOver || view.phase == .blocked {
                lines.append(gates(assessment))
            }
        }
        if let plan = view.plan, detailed || view.phase != .watching { lines.append(planText(plan, view)) }
        if let runbook = runbook(view) { lines.append("  what to do: \(runbook.path)") }
        if view.phase == .failedOver { lines.append("  to turn the roles: drctl handover \(view.id)") }
        return lines.joined(separator: "\n")
    }

    private func runbook(_ view: WorkloadView) -> Runbook? {
        Runbook(
            phase: view.phase, closed: view.assessment?.closedGates ?? [],
            isUnfenced: !view.owedFences.isEmpty)
    }

    private func headline(_ view: WorkloadView) -> String {
        let since = view.phaseSince.map { " since \(clockText($0, now: now))" } ?? ""
        let place =
            view.activeRegion == view.primaryRegion
            ? "\(view.primaryRegion), standby \(view.standbyRegion)" : "\(view.activeRegion), failed over"
        return "\(view.id)  \(view.phase.rawValue.uppercased())\(since)  \(place)  mode \(view.mode.rawValue)"
    }

    private func sentence(_ view: WorkloadView, _ assessment: Assessment) -> String {
        guard view.phase == .failedOver else { return assessment.sentence }
        let completed = view.lastCompletedAt.map { ", since \(clockText($0, now: now))" } ?? ""
        return "\(view.id) runs in \(view.activeRegion) by failover \(view.epoch)\(completed)."
    }

    private func warnings(_ view: WorkloadView) -> [String] {
        var lines: [String] = []
        if let hold = view.hold { lines.append(oneLine("on hold by \(hold.by): \(hold.reason)")) }
        if let since = view.exposedSince {
            lines.append("EXPOSED: no standby since \(clockText(since, now: now)) (\((now - since).text))")
        }
        lines += view.owedFences.map { fence in
            "NOT FENCED: \(fence.identifier) in \(fence.region) may accept writes; "
                + "drctl fences it as soon as that Region answers"
        }
        if !view.unfenced.isEmpty {
            let names = view.unfenced.map(\.rawValue).joined(separator: ", ")
            lines.append("not fenced, as configured: \(names)")
        }
        lines += view.ledgers.map { ledger in
            "\(LedgerText(ledger: ledger).line); drctl ledger \(view.id)"
        }
        if view.undeliveredNotices > 0 {
            lines.append("notices not delivered yet: \(view.undeliveredNotices)")
        }
        return lines
    }

    private func databaseLine(_ database: DatabaseAssessment, _ assessment: Assessment) -> String {
        var line = "  \(database.database): \(database.verdict.rawValue)"
        if let lag = database.lag {
            line += ", lag \(secondsText(lag.lagSeconds)) (\(agoText(lag.sampledAt, now: now)))"
            line += ", up to \(secondsText(lag.lossSeconds)) would be lost"
        } else {
            line += ", replication lag unknown"
        }
        if database.votes.isEmpty { return line }
        if detailed { return line + "\n" + AssessmentText.votes(database, indent: 4) }
        let rows = database.votes.map { [$0.witness.rawValue, $0.opinion.rawValue, $0.because] }
        return line + "\n" + table(rows, indent: 4)
    }

    private func gates(_ assessment: Assessment) -> String {
        let shown = detailed ? assessment.gates : assessment.gates.filter { !$0.open }
        return "  gates\n" + AssessmentText.gates(shown, indent: 4)
    }

    private func planText(_ view: PlanView, _ workload: WorkloadView) -> String {
        let origin = oneLine(originText(view.plan.origin))
        let head =
            "  failover \(view.plan.epoch), \(origin), \(clockText(view.plan.createdAt, now: now))"
            + pace(of: view, workload)
        let rows = view.steps.map { step in
            let time = step.at.map { clockText($0, now: now) } ?? ""
            let attempt = step.attempt > 1 ? "(try \(step.attempt)) " : ""
            // What is not confirmed of a fence is the fence itself.
            let isOwed = step.state == .unconfirmed && view.plan.step(step.id)?.onFailure == .owe
            let state = isOwed ? "OWED" : step.state.rawValue
            let pace = StepPace(plan: view.plan, step: step, now: now).map { [$0.text] } ?? []
            let words = pace + (step.detail.map { [oneLine($0)] } ?? [])
            return [state, step.id.rawValue, time, attempt + words.joined(separator: "; ")]
        }
        return head + "\n" + table(rows, indent: 4)
    }

    /// How long the whole plan has run, and was expected to.
    private func pace(of view: PlanView, _ workload: WorkloadView) -> String {
        guard workload.phase == .failingOver else { return "" }
        let elapsed = max(.zero, now - view.plan.createdAt)
        return ", for \(elapsed.text) of about \(secondsText(view.plan.forecast.rtoSeconds))"
    }
}

func originText(_ origin: Plan.Origin) -> String {
    switch origin {
    case .automatic: "automatic"
    case .approved(let by, let reason): "approved by \(by): \(reason)"
    case .manual(let by, let reason, _): "asked for by \(by): \(reason)"
    }
}
