import Failover

/// The bench's two tables as cells, the heads first.
extension IncidentBench {
    var summaryCells: [[String]] {
        let head = [
            "policy", "false failovers", "missed (of them too late)", "median time to decide", "loss",
        ]
        return [head]
            + summaries.map { summary in
                [
                    summary.policy, "\(summary.falseFailovers)", "\(summary.missed) (\(summary.late))",
                    summary.medianSeconds.map(Self.spelled) ?? "-", Self.loss(summary),
                ]
            }
    }

    private static func loss(_ summary: PolicySummary) -> String {
        guard let lost = summary.medianTrueLossSeconds else { return "-" }
        guard let predicted = summary.medianPredictedLossSeconds else {
            return "not predicted, \(spelled(lost)) lost"
        }
        return "\(spelled(predicted)) predicted, \(spelled(lost)) lost (\(summary.underestimates))"
    }

    /// `name`: how a timeline is named in its row.
    func timelineCells(name: (Incident) -> String) -> [[String]] {
        let names = Self.policies.map(\.name)
        let head = ["timeline", "failover is", names[0], "evidence", "loss"] + names.dropFirst()
        return [head]
            + rows.map { row in
                let result = row.results[0]
                let loss = result.outcome == .right ? Self.loss(result) : ""
                return [
                    name(row.incident), row.incident.labelText, Self.text(result),
                    row.delay.map { Self.spelled($0.inSeconds) } ?? "", loss,
                ] + row.results.dropFirst().map(Self.text)
            }
    }

    private static func text(_ result: IncidentResult) -> String {
        switch result.outcome {
        case .right: spelled(result.took?.inSeconds ?? 0)
        case .quiet: "quiet"
        case .false_: "FALSE"
        case .missed: "MISSED"
        case .late: "LATE"
        }
    }

    private static func loss(_ result: IncidentResult) -> String {
        let predicted = result.predictedLoss.map { spelled($0.inSeconds) } ?? "-"
        return "\(predicted), \(result.trueLoss.map { spelled($0.inSeconds) } ?? "-")"
    }

    /// Whole seconds.
    private static func spelled(_ seconds: Double) -> String {
        Duration.seconds(Int64(seconds.rounded())).spelled
    }

    /// Whether drctl kept to its confirmation window and one polling interval.
    var pace: String {
        let measured = rows.compactMap { row in row.delay.map { (row, $0) } }
        let slow = measured.filter { $0.1 > $0.0.allowance }.map(\.0)
        let unmeasured = rows.filter { $0.results[0].outcome == .right && $0.delay == nil }
        guard let longest = measured.map(\.1).max() else { return "nothing to measure" }
        let worst = "at most \(Self.spelled(longest.inSeconds))"
        let others = (slow + unmeasured).map(\.incident.id)
        return others.isEmpty
            ? "within it every time, \(worst)" : "longer in \(others.joined(separator: ", ")), \(worst)"
    }
}

extension Incident {
    /// `wrong`, `right`, `right from 12m`.
    fileprivate var labelText: String {
        guard workloads.allSatisfy({ $0.label == label }) else { return "right for some" }
        guard case .right(let notBefore, _, _) = label else { return "wrong" }
        return notBefore > .zero ? "right from \(notBefore.spelled)" : "right"
    }
}
