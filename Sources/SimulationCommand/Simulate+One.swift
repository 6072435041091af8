import ArgumentParser
import Failover
import Foundation
import Simulation

/// One seed, or a few, in this process.
extension Simulate {
    func logEach() throws {
        var isViolated = false
        for seed in from..<(from + UInt64(count)) {
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
        let (all, left) = (shrunk.report.faults.count, shrunk.report.played.count)
        let names = shrunk.without.sorted().joined(separator: ", ")
        print(
            "seed \(from): \(left) of \(all) faults matter"
                + (names.isEmpty ? "" : ", and not \(names)") + "; found in \(shrunk.runs) runs")
        printRun(shrunk.report, withLog: log)
        print("replay: drctl simulate --from \(from)\(Self.leaving(shrunk.mask, shrunk.without)) --log")
        throw SimulationExit.violated.code
    }

    /// The options that leave so much out.
    static func leaving(_ mask: Set<Int>, _ without: Set<String>) -> String {
        let numbers = mask.sorted().map(String.init).joined(separator: ",")
        let names = without.sorted().joined(separator: ",")
        return (numbers.isEmpty ? "" : " --mask \(numbers)") + (names.isEmpty ? "" : " --without \(names)")
    }

    private func printRun(_ report: RunReport, withLog: Bool) {
        print("seed \(report.seed)")
        for line in report.layout { print("  \(line)") }
        for fault in report.faults where report.played.contains(fault.index) {
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
