import Failover
import Server

/// `drctl failover --dry-run`, for people.
struct DryRunText {
    let report: DryRunReport

    private var dryRun: DryRun { report.dryRun }
    private var now: Timestamp { dryRun.assessment.at }

    var text: String {
        var lines = ["\(dryRun.workload): dry run at \(now); nothing is changed"]
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
        ([dryRun.assessment.sentence] + lossLines + [conclusion]).joined(separator: "\n")
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
