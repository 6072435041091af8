/// The bench as text: for a terminal, and as `docs/incident-bench.md`.
extension IncidentBench {
    /// What `make incidents` writes into the docs.
    public func markdown() -> String {
        [
            preamble, Self.piped(summaryCells), Self.summaryLegend, paceText, "## One line a timeline",
            Self.timelineLegend, Self.piped(timelineCells { "[\($0.id)](incidents/\($0.id).yaml)" }), forms,
        ].joined(separator: "\n\n") + "\n"
    }

    /// For a terminal.
    public func text() -> String {
        [
            Self.aligned(summaryCells), Self.summaryLegend, paceText, Self.timelineLegend,
            Self.aligned(timelineCells(name: \.id)),
        ].joined(separator: "\n\n")
    }

    private var preamble: String {
        let right = rows.filter { $0.incident.label.isRight }.count
        return """
            # The incident bench
            Labelled timelines, \(right) in which a failover is right and \(rows.count - right) in which it
            is wrong, drawn from published incidents, from catalogues of faults and from documentation, played
            against drctl and against what people run instead. Most are composed: what happened is from the
            source that each file names, the minutes are ours. `make incidents` writes this file from
            `docs/incidents/`; `make incidents DIR=folder` scores a folder of your own
            ([the format](incidents/README.md)).
            """
    }

    private static let summaryLegend = """
        Time to decide: from the first thing that happens, or from the moment from which a failover is right
        where the label names one. Loss: the median of what was predicted against the median of what was
        truly lost, over the timelines that the policy got right; in brackets how often over 5 s less was
        predicted than was lost.
        """

    private var paceText: String {
        """
        drctl may take its confirmation window and one polling interval from the moment at which the evidence
        is complete: \(pace). Complete: one who asked every witness every second, and waited only for the
        witnesses' own delays, would find every gate open but the confirmation window's, and would go on
        finding it so until the decision. The replica is a witness: a Region is not given up before one of
        its lag samples from after the outage's begin is there, and CloudWatch publishes those minutes late.
        """
    }

    private static let timelineLegend = """
        quiet: rightly nothing. FALSE: failed over when it was wrong. MISSED: did nothing when it was right.
        LATE: after it was of use. A time: failed over rightly, so long after it became right; with several
        workloads the last one's. evidence: from complete evidence to drctl's first decision. loss: what drctl
        predicted, and what was truly lost.
        """

    private var forms: String {
        let lines = Self.policies.map { "- **\($0.name)**: \($0.citation)." }
        return "## The policies\n" + lines.joined(separator: "\n")
    }

    private static func piped(_ rows: [[String]]) -> String {
        let head = rows.prefix(1)
        let rule = head.map { $0.map { _ in "---" } }
        return (head + rule + rows.dropFirst()).map { "| \($0.joined(separator: " | ")) |" }
            .joined(separator: "\n")
    }

    private static func aligned(_ rows: [[String]]) -> String {
        let columns = rows.first?.indices ?? 0..<0
        let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}
