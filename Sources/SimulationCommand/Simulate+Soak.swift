import ArgumentParser
import Failover
import Foundation
import Simulation

/// Many seeds, in child processes.
extension Simulate {
    /// What a soak ends with.
    struct Outcome: Encodable {
        var from: UInt64
        var totals: SoakTotals
        var jobs: Int
        var cpuSeconds: Double
        var wallSeconds: Double
        var interrupted: Bool
    }

    private var jobCount: Int { jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

    func soak() throws {
        let count = self.count
        let jobs = min(jobCount, count)
        let began = Date()
        var totals = SoakTotals()
        let progress = SoakProgress(of: count, began: began)
        let assignments = (0..<jobs).map { job in
            Assignment(
                from: from + UInt64(job), count: (count - job + jobs - 1) / jobs, stride: UInt64(jobs),
                mask: mask ?? "", without: without ?? "", plant: plant.flatMap(Plant.init(rawValue:)))
        }
        let isWhole = try Children(
            jobs: jobs,
            take: { _, result in
                totals.add(result)
                if !result.violations.isEmpty { progress.announce(result) }
            },
            idle: { progress.show(totals) }
        ).run(assignments)
        progress.clear()
        let outcome = Outcome(
            from: from, totals: totals, jobs: jobs, cpuSeconds: childrenCPUSeconds(),
            wallSeconds: -began.timeIntervalSinceNow, interrupted: !isWhole)
        try report(outcome)
    }

    private func report(_ outcome: Outcome) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            print(String(decoding: try encoder.encode(outcome), as: UTF8.self))
        } else {
            SoakText.lines(outcome).forEach { print($0) }
        }
        if outcome.interrupted { throw SimulationExit.interrupted.code }
        if !outcome.totals.failing.isEmpty { throw SimulationExit.violated.code }
    }

    // MARK: - Planted bugs

    /// With `--known`: by the seed that is known to find it, and anew where that one does not any more.
    func hunting() throws -> (catches: [Catch], isWhole: Bool) {
        var catches: [Plant: Catch] = [:]
        if known {
            let isWhole = try look(for: Plant.allCases, &catches) { (Hunt.known[$0] ?? from, 1) }
            guard isWhole else { return (Plant.allCases.compactMap { catches[$0] }, false) }
        }
        let missing = Plant.allCases.filter { catches[$0]?.seed == nil }
        let isWhole = try look(for: missing, &catches) { _ in (from, seeds ?? Hunt.limit) }
        return (Plant.allCases.compactMap { catches[$0] }, isWhole)
    }

    /// False when it was interrupted.
    private func look(
        for plants: [Plant], _ catches: inout [Plant: Catch], in range: (Plant) -> (from: UInt64, count: Int)
    ) throws -> Bool {
        let assignments = plants.map { plant in
            catches[plant] = Catch(plant: plant, seedsNeeded: 0, seed: nil, invariants: [])
            let (first, count) = range(plant)
            return Assignment(from: first, count: count, plant: plant, endsWithFirst: true)
        }
        var found = catches
        let isWhole = try Children(
            jobs: jobCount,
            take: { assignment, result in
                guard let plant = assignment.plant else { return }
                found[plant]?.seedsNeeded += 1
                guard !result.violations.isEmpty else { return }
                found[plant]?.seed = result.seed
                found[plant]?.invariants = Set(result.violations.map(\.invariant)).sorted()
            }, idle: {}
        ).run(assignments)
        catches = found
        return isWhole
    }

    func report(_ hunt: (catches: [Catch], isWhole: Bool)) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            print(String(decoding: try encoder.encode(hunt.catches), as: UTF8.self))
        } else {
            print(known ? Hunt.lines(hunt.catches).joined(separator: "\n") : Hunt.table(hunt.catches))
        }
        if !hunt.isWhole { throw SimulationExit.interrupted.code }
        if hunt.catches.contains(where: { $0.seed == nil }) { throw SimulationExit.violated.code }
    }
}

/// User and system time of all children that have ended.
private func childrenCPUSeconds() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_CHILDREN.rawValue, &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
        $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1_000_000
    }
}
