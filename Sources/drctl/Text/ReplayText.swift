import Controller
import Failover

/// `drctl replay`, for people.
struct ReplayText {
    let report: ReplayReport

    var text: String {
        var lines = [
            "replayed \(momentText(report.from)) to \(momentText(report.to)) under \(report.configuration) "
                + "(\(report.configurationDigest))",
            "\(report.observations) observations in \(report.sessions.count) sessions, \(report.ticks) "
                + "ticks; nothing was acted on",
        ]
        lines += report.gaps.map { "nothing is recorded from \(momentText($0.from)) to \(momentText($0.to))" }
        if !report.assumedSteps.isEmpty {
            let names = report.assumedSteps.map(\.rawValue).joined(separator: ", ")
            lines.append("assumed: these steps succeed in their typical time: \(names)")
        }
        lines += report.notes.map { "note: \($0)" }
        for workload in report.workloads { lines += [""] + block(workload) }
        return lines.joined(separator: "\n")
    }

    private func block(_ workload: ReplayReport.WorkloadReport) -> [String] {
        var lines = ["\(workload.workload)"]
        lines +=
            workload.changes.isEmpty
            ? ["  nothing would have happened"]
            : workload.changes.map { change in
                let rule = change.rule.map { " [\($0)]" } ?? ""
                return "  \(momentText(change.at))  \(change.from.rawValue) -> \(change.to.rawValue): "
                    + "\(oneLine(change.because))\(rule)"
            }
        guard !workload.comparisons.isEmpty else { return lines }
        return lines + ["  compared with what was decided then"]
            + workload.comparisons.map { "    \(line($0))" }
    }

    private func line(_ item: ReplayReport.Item) -> String {
        let word: String
        switch item.result {
        case .same: word = "SAME"
        case .earlier: word = "EARLIER by \(shift(item))"
        case .later: word = "LATER by \(shift(item))"
        case .not: word = "NOT"
        case .wouldHave: word = "WOULD HAVE"
        }
        return
            ([word]
            + [item.then.map { "then \(text($0))" }, item.now.map { "now \(text($0))" }].compactMap { $0 })
            .joined(separator: ": ")
    }

    private func shift(_ item: ReplayReport.Item) -> String { secondsText(abs(item.shiftSeconds ?? 0)) }

    private func text(_ milestone: Milestone) -> String {
        switch milestone.kind {
        case .failover:
            let origin = milestone.plan.map { ", \(oneLine(originText($0.origin)))" } ?? ""
            let loss = milestone.plan?.forecast.lossSeconds.map { ", up to \(secondsText($0)) lost" } ?? ""
            return "a failover started at \(momentText(milestone.at))\(origin)\(loss)"
        case .approval: return "approval was asked for at \(momentText(milestone.at))"
        case .blocked: return "it was blocked at \(momentText(milestone.at)): \(oneLine(milestone.because))"
        }
    }
}
