import Failover

/// The bench as text: what `make incidents` writes into `docs/incident-bench.md`.
extension IncidentBench {
    public func markdown() -> String {
        ([Self.preamble(rows)] + [summaryTable, delays, "## One line a timeline", legend, timelines, forms])
            .joined(separator: "\n\n") + "\n"
    }

    private static func preamble(_ rows: [IncidentRow]) -> String {
        let right = rows.filter { $0.incident.label.isRight }.count
        return """
            # The incident bench
            Labelled timelines, \(right) in which a failover is right and \(rows.count - right) in which it is \
            wrong, each drawn from a published incident or from a catalogue of faults, played against drctl and \
            against what people run instead. `make incidents` writes this file from `docs/incidents/`; \
            `make incidents DIR=folder` scores a folder of your own ([the format](incidents/README.md)).
            """
    }

    private var summaryTable: String {
        let head = [
            "policy", "false failovers", "missed (of them too late)", "median time to decide", "loss",
        ]
        let lines = summaries.map { summary in
            [
                summary.policy, "\(summary.falseFailovers)", "\(summary.missed) (\(summary.late))",
                summary.medianSeconds.map(Self.spelled) ?? "-", Self.loss(summary),
            ]
        }
        return Self.table(head, lines) + """


            *Time to decide*: from the first thing that happens, or from the moment from which a failover is right \
            where the label names one. *Loss*: median of what was predicted against median of what was truly lost, \
            over the timelines that the policy got right; in brackets how often less was predicted than was lost.
            """
    }

    private static func loss(_ summary: PolicySummary) -> String {
        guard let lost = summary.medianTrueLossSeconds else { return "-" }
        guard let predicted = summary.medianPredictedLossSeconds else {
            return "not predicted, \(spelled(lost)) lost"
        }
        return "\(spelled(predicted)) predicted, \(spelled(lost)) lost (\(summary.underestimates))"
    }

    private var delays: String {
        let measured = rows.compactMap { row in row.delay.map { (row, $0) } }
        let slow = measured.filter { $0.1 > $0.0.allowance }
        let unmeasured = rows.filter { $0.results[0].outcome == .right && $0.delay == nil }
        let worst = measured.map(\.1).max().map { Self.spelled($0.inSeconds) } ?? "-"
        let verdict =
            slow.isEmpty && unmeasured.isEmpty
            ? "within it every time"
            : "longer in \((slow.map(\.0) + unmeasured).map(\.incident.id).joined(separator: ", "))"
        return """
            drctl may take its confirmation window and one polling interval from the moment at which the evidence \
            is complete: \(verdict), at most \(worst). The evidence is complete at the first moment at which one \
            who asked every witness every second, and waited only for the witnesses' own delays, would find every \
            gate open but the confirmation window's.
            """
    }

    private var legend: String {
        """
        `quiet`: rightly nothing. `FALSE`: failed over when it was wrong. `MISSED`: did nothing. `LATE`: after it was \
        of use. A time: failed over rightly, so long after it became right. *evidence*: from complete evidence to \
        drctl's decision. *loss*: what drctl predicted and what was truly lost.
        """
    }

    private var timelines: String {
        let names = Self.policies.map(\.name)
        return Self.table(
            ["timeline", "failover is"] + [names[0], "evidence", "loss"] + names.dropFirst(),
            rows.map { row in
                let result = row.results[0]
                let loss = result.outcome == .right ? Self.loss(result) : ""
                return [
                    "[\(row.incident.id)](incidents/\(row.incident.id).yaml)",
                    row.incident.labelText, Self.text(result),
                    row.delay.map { Self.spelled($0.inSeconds) } ?? "",
                    loss,
                ] + row.results.dropFirst().map(Self.text)
            })
    }

    static func text(_ result: IncidentResult) -> String {
        switch result.outcome {
        case .right: spelled(result.took?.inSeconds ?? 0)
        case .quiet: "quiet"
        case .false_: "FALSE"
        case .missed: "MISSED"
        case .late: "LATE"
        }
    }

    static func loss(_ result: IncidentResult) -> String {
        let predicted = result.predictedLoss.map { spelled($0.inSeconds) } ?? "-"
        return "\(predicted), \(result.trueLoss.map { spelled($0.inSeconds) } ?? "-")"
    }

    private var forms: String {
        let lines = Self.policies.map { "- **\($0.name)**: \($0.citation)." }
        return "## The policies\n" + lines.joined(separator: "\n")
    }

    /// Whole seconds.
    static func spelled(_ seconds: Double) -> String { Duration.seconds(Int64(seconds.rounded())).spelled }

    private static func table(_ head: [String], _ lines: [[String]]) -> String {
        ([head, head.map { _ in "---" }] + lines).map { "| \($0.joined(separator: " | ")) |" }
            .joined(separator: "\n")
    }
}

extension Incident {
    /// `wrong`, `right`, `right from 12m`.
    var labelText: String {
        guard workloads.allSatisfy({ $0.label == label }) else { return "right for some" }
        guard case .right(let notBefore, _, _) = label else { return "wrong" }
        return notBefore > .zero ? "right from \(notBefore.spelled)" : "right"
    }
}
