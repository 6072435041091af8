import Foundation
import Simulation

/// A soak's end, for people.
enum SoakText {
    static func lines(_ outcome: Simulate.Outcome) -> [String] {
        let totals = outcome.totals
        let stopped = outcome.interrupted ? ", interrupted" : ""
        var lines = [
            "\(grouped(totals.seeds)) seeds from \(outcome.from)\(stopped): "
                + (totals.failing.isEmpty
                    ? "no violation" : "\(grouped(totals.failing.count)) VIOLATE something"),
            "  \(grouped(totals.counts.faults)) faults; "
                + "\(grouped(totals.counts.failovers)) failovers completed; "
                + "\(grouped(totals.counts.crashes)) crashes; \(grouped(totals.counts.records)) records; "
                + "\(grouped(totals.counts.requests)) requests to AWS",
            "  \(grouped(totals.counts.commits)) commits by clients, "
                + "\(grouped(totals.counts.commitsLost)) lost, "
                + "\(grouped(totals.counts.commitsInConflict)) in conflict",
        ]
        if outcome.cpuSeconds > 0, outcome.wallSeconds > 0 {
            let hoursACPUSecond = totals.simulatedHours / outcome.cpuSeconds
            let seedsAnHour = Double(totals.seeds) / outcome.wallSeconds * 3600
            lines.append(
                "  \(grouped(Int(totals.simulatedHours))) simulated hours "
                    + "in \(rounded(outcome.wallSeconds)) s "
                    + "(\(rounded(outcome.cpuSeconds)) s CPU, \(outcome.jobs) jobs): "
                    + "\(rounded(hoursACPUSecond)) simulated hours a CPU-second, "
                    + "\(grouped(Int(seedsAnHour))) seeds an hour")
        }
        return lines
    }

    /// What is said of a seed as soon as it is known.
    static func lines(_ result: SeedResult) -> [String] {
        guard let first = result.violations.first else { return [] }
        let more = result.violations.count - 1
        return [
            "seed \(result.seed) VIOLATES \(first.invariant) at \(first.at): \(first.detail)"
                + (more > 0 ? " (and \(more) more)" : ""),
            "  replay: drctl simulate --from \(result.seed) --log",
            "  shrink: drctl simulate --from \(result.seed) --shrink",
        ]
    }

    static func grouped(_ number: Int) -> String {
        let digits = String(number)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    private static func rounded(_ value: Double) -> String {
        value >= 100 ? grouped(Int(value)) : String(format: "%.1f", value)
    }
}

/// One line on a terminal, written over; nothing where there is none.
struct SoakProgress {
    private let count: Int
    private let began: Date
    private let isTerminal = isatty(2) == 1

    init(of count: Int, began: Date) {
        self.count = count
        self.began = began
    }

    func show(_ totals: SoakTotals) {
        guard isTerminal, totals.seeds > 0 else { return }
        let elapsed = -began.timeIntervalSinceNow
        let rest = elapsed / Double(totals.seeds) * Double(count - totals.seeds)
        let text =
            "\(SoakText.grouped(totals.seeds)) of \(SoakText.grouped(count)) seeds, "
            + "\(totals.failing.count) violations, \(Int(rest)) s to go"
        FileHandle.standardError.write(Data("\r\u{1b}[K\(text)".utf8))
    }

    /// A failing seed is told at once, above the line.
    func announce(_ result: SeedResult) {
        clear()
        let text = SoakText.lines(result).joined(separator: "\n") + "\n"
        FileHandle.standardError.write(Data(text.utf8))
    }

    func clear() {
        if isTerminal { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
    }
}
