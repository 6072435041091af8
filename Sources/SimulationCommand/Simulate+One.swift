import ArgumentParser
import Failover
import Foundation
import Simulation

/// One seed, or a few, in this process.
extension Simulate {
    func logEach() throws {
        var isViolated = false
        for seed in from..<(from + UInt64(seeds ?? 1)) {
            let report = Simulation.run(seed: Seed(seed), options: options)
            printRun(report, withLog: true)
            isViolated = isViolated || !report.violations.isEmpty
        }
        if isViolated { throw SimulationExit.violated.code }
    }

    func shrinkOne() throws {
        guard let shrunk = Simulation.shrink(seed: Seed(from), options: options) else {
            print("seed \(from) violates nothing")
            return
        }
        let all = shrunk.report.faults.count
        print(
            "seed \(from): \(all - shrunk.mask.count) of \(all) faults matter, found in \(shrunk.runs) runs")
        printRun(shrunk.report, withLog: log, mask: shrunk.mask)
        let mask = shrunk.mask.sorted().map(String.init).joined(separator: ",")
        print("replay: drctl simulate --from \(from)\(masking(mask)) --log")
        throw SimulationExit.violated.code
    }

    private func masking(_ mask: String) -> String { mask.isEmpty ? "" : " --mask \(mask)" }

    private func printRun(_ report: RunReport, withLog: Bool, mask: Set<Int>? = nil) {
        let masked = mask ?? options.mask
        print("seed \(report.seed)")
        for line in report.layout { print("  \(line)") }
        for fault in report.faults where !masked.contains(fault.index) {
            print("  \(fault.from) \(fault)")
        }
        if withLog { print(report.log, terminator: "") }
        for violation in report.violations { print("VIOLATED \(violation)") }
        if report.violations.isEmpty { print("nothing was violated") }
    }
}

/// The exit codes of its own.
enum SimulationExit: Int32 {
    case violated = 6
    /// 128 and the number of SIGINT, as shells have it.
    case interrupted = 130

    var code: ExitCode { ExitCode(rawValue) }
}
