import Failover
import Server

/// `drctl failover --dry-run`, for people.
struct DryRunText {
    let report: DryRunReport

    private var dryRun: DryRun { report.dryRun }
    private var now: Timestamp { dryRun.assessment.at }

    var text: String {
        var lines = ["\(dryRun.workload): dry run at \(momentText(now)); nothing is changed"]
        if report.lookedForSeconds != nil {
            lines.append("no service runs: this is one look, so nothing has held over the window")
        }
        lines.append(dryRun.assessment.sentence)
        lines.append("")
        lines += evidence
        lines.append("")
        lines.append("gates")
        lines.append(AssessmentText.gates(dryRun.assessment.gates, indent: 2, word: word))
        lines.append("")
        lines += plan
        lines.append("")
        lines.append(conclusion)
        return lines.joined(separator: "\n")
    }

    /// For the question before a failover.
    var summary: String {
        ([dryRun.assessment.sentence] + lossLines + priceLines + [conclusion]).joined(separator: "\n")
    }

    /// What it costs besides data: the standby, the old writer, and what is passed over.
    private var priceLines: [String] {
        guard let plan = dryRun.plan else { return [] }
        var lines = plan.steps.compactMap { step -> String? in
            switch step.action {
            case .promoteReplica(let action): exposed(action.database, action.identifier, action.region)
            case .detachFromGlobalCluster(let action):
                exposed(action.database, action.clusterIdentifier, action.region)
            case .failoverGlobalCluster(let action):
                "EXPOSED afterwards: \(action.database) has no standby until the old Region is back and has "
                    + "joined \(action.globalCluster) again"
            case .fence(let fence): fenced(fence, step)
            default: nil
            }
        }
        let isFenced = plan.steps.contains { if case .fence = $0.action { true } else { false } }
        if !isFenced { lines.append("NOT FENCED: nothing keeps the old writer from writing") }
        lines += passedOver
        return lines
    }

    private func exposed(_ database: DatabaseID, _ identifier: String, _ region: Region) -> String {
        "EXPOSED afterwards: \(identifier) in \(region) is promoted, and \(database) has no standby until "
            + "you rebuild one"
    }

    private func fenced(_ fence: FenceAction, _ step: Step) -> String {
        let otherwise =
            step.onFailure == .owe
            ? "; if its Region does not answer, as soon as it does" : "; nothing is promoted before that"
        return "fenced: \(fence.identifier) in \(fence.region), which takes no more writes then\(otherwise)"
    }

    /// Closed gates that this request passes over, each with its reason: that is what the person answers for.
    private var passedOver: [String] {
        dryRun.assessment.gates.filter { !$0.open && dryRun.overridden.contains($0.id) }
            .map { "passes over the CLOSED gate \($0.id): \(oneLine($0.because))" }
    }

    private var evidence: [String] {
        dryRun.assessment.databases.flatMap { database in
            ["evidence on \(database.database): \(database.verdict.rawValue)"]
                + [AssessmentText.votes(database, indent: 2)]
        }
    }

    private func word(_ gate: GateResult) -> String {
        gate.open ? "pass" : dryRun.overridden.contains(gate.id) ? "pass*" : "FAIL"
    }

    private var plan: [String] {
        guard let plan = dryRun.plan else { return ["no plan can be made: \(dryRun.obstacle ?? "unknown")"] }
        var lines = ["plan (\(plan.steps.count) steps)"]
        for step in plan.steps {
            lines.append("  \(step.id)  at most \(step.timeout.text), then \(then(step.onFailure))")
            for call in report.calls.first(where: { $0.step == step.id })?.calls ?? [] {
                let parameters = call.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
                let mark = call.mutates ? "CHANGES" : "reads  "
                lines.append(
                    "      \(mark) \(call.service) \(call.operation) in \(call.region) \(parameters)")
            }
        }
        return lines + [""] + lossLines
    }

    private var lossLines: [String] {
        guard let forecast = dryRun.plan?.forecast else { return [] }
        let loss =
            forecast.lossSeconds.map { "up to \(secondsText($0)) of changes" }
            ?? "UNKNOWN (the lag is not known)"
        return ["predicted RTO: about \(secondsText(forecast.rtoSeconds))", "predicted loss: \(loss)"]
    }

    private func then(_ onFailure: Step.OnFailure) -> String {
        switch onFailure {
        case .abandon: "given up, nothing changed"
        case .askOperator: "a person is asked"
        case .owe: "owed until it can be done"
        case .noteUnconfirmed: "noted as unconfirmed"
        }
    }

    private var conclusion: String {
        var lines: [String] = []
        if dryRun.automaticRefusedBy.isEmpty {
            lines.append("By itself, drctl would fail over now.")
        } else {
            let names = dryRun.automaticRefusedBy.map(\.rawValue).joined(separator: ", ")
            lines.append("By itself, drctl would not fail over now: \(names).")
        }
        if dryRun.refusedBy.isEmpty {
            lines.append(
                "drctl failover \(dryRun.workload) would go ahead (pass* is what your request passes over).")
        } else {
            let names = dryRun.refusedBy.map(\.rawValue).joined(separator: ", ")
            lines.append("drctl failover \(dryRun.workload) would be refused: \(names).")
        }
        return lines.joined(separator: "\n")
    }
}
