import Failover

/// `drctl explain`, for people.
struct ExplanationText {
    let explanation: Explanation

    var text: String {
        guard let assessment = explanation.assessment else {
            return "\(explanation.workload): watching: nothing is recorded about it yet"
        }
        var lines = ["\(explanation.workload): \(phase.rawValue): \(reason(assessment))"]
        if let absence = explanation.absence { lines.append(text(of: absence)) }
        if let at = explanation.at { lines.append("as it was at \(momentText(at))") }
        if let since = explanation.since {
            lines.append("since \(momentText(since))\(explanation.rule.map { ", by rule \($0)" } ?? "")")
        }
        if phase == .blocked, let because = explanation.because { lines.append("why: \(because)") }
        lines.append("")
        lines += phase == .failedOver ? outcome : evidence(assessment)
        lines += decided
        if let told = explanation.told { lines += ["people were last told", "  \(oneLine(told))", ""] }
        if let runbook = Runbook(phase: phase, closed: explanation.closed.map(\.id)) {
            lines += ["what to do: \(runbook.path)", ""]
        }
        lines.append("what led here")
        lines += explanation.records.map { "  \(momentText($0.at))  \(RecordText(record: $0).line)" }
        return lines.joined(separator: "\n")
    }

    private var phase: Phase { explanation.phase ?? .watching }

    /// While nothing is decided the newest judgement says why not; afterwards the rule says why.
    private func reason(_ assessment: Assessment) -> String {
        switch phase {
        case .blocked: assessment.reasons
        case .watching, .suspected, .awaitingApproval: assessment.sentence
        case .failingOver, .needsOperator, .failedOver: explanation.because ?? ""
        }
    }

    private func text(of absence: Explanation.Absence) -> String {
        let end = absence.until.map { ", until \(momentText($0))" } ?? ""
        let since = momentText(absence.since)
        guard let reason = absence.reason else {
            return "NOBODY MAY HAVE WATCHED: drctl had died after its last word at \(since)\(end); "
                + "what follows is the last that is known"
        }
        return "NOBODY WATCHED: drctl had stopped at \(since) (\(oneLine(reason)))\(end); nothing was "
            + "observed or decided, and what follows is the last that is known"
    }

    private var outcome: [String] {
        guard let ending = explanation.ending else { return [] }
        let missing = ending.unconfirmed.map(\.rawValue).joined(separator: ", ")
        return [
            "the plan was \(ending.outcome.rawValue)\(missing.isEmpty ? "" : "; not confirmed: \(missing)")",
            "",
        ]
    }

    /// Why the failover began; nothing while the newest judgement is still that one.
    private var decided: [String] {
        guard let decision = explanation.decision, decision.at != explanation.since else { return [] }
        let rule = decision.rule.map { ", by rule \($0)" } ?? ""
        let origin = decision.origin.map { ", \(oneLine(originText($0)))" } ?? ""
        var lines = [
            "the failover was decided \(momentText(decision.at))\(rule)\(origin): \(decision.because)",
            "  \(decision.assessment.sentence)",
        ]
        for database in decision.assessment.databases {
            lines.append("  \(database.database): \(database.verdict.rawValue)")
            lines.append(AssessmentText.votes(database, indent: 4))
        }
        let closed = decision.assessment.gates.filter { !$0.open }
        lines.append(closed.isEmpty ? "  every gate was open" : "  gates that were closed, and passed over")
        if !closed.isEmpty { lines.append(AssessmentText.gates(closed, indent: 4)) }
        return lines + [""]
    }

    private func evidence(_ assessment: Assessment) -> [String] {
        var lines = ["\(assessment.sentence) (judged \(momentText(assessment.at)), the newest on record)"]
        for database in assessment.databases {
            lines.append("\(database.database): \(database.verdict.rawValue)")
            lines.append(AssessmentText.votes(database, indent: 2))
        }
        lines.append(explanation.closed.isEmpty ? "no gate is closed" : "closed gates")
        for gate in explanation.closed {
            lines.append("  CLOSED  \(gate.id)  since \(momentText(gate.since))")
            lines.append("          \(oneLine(gate.because))")
            lines += gate.evidence.map { item in
                "          \(item.database) \(item.slot.rawValue): \(item.source), from \(item.vantage), "
                    + "at \(momentText(item.observedAt))"
            }
        }
        let open = assessment.gates.filter(\.open)
        if !open.isEmpty { lines += ["open gates", AssessmentText.gates(open, indent: 2)] }
        return lines + [""]
    }
}
