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
        let count = seeds ?? 100
        let jobs = min(jobCount, count)
        let began = Date()
        var totals = SoakTotals()
        let progress = SoakProgress(of: count, began: began)
        let assignments = (0..<jobs).map { job in
            Assignment(
                from: from + UInt64(job), count: (count - job + jobs - 1) / jobs, stride: UInt64(jobs),
                mask: mask ?? "", plant: plant.flatMap(Plant.init(rawValue:)))
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

    func hunting() throws -> (catches: [Catch], isWhole: Bool) {
        let limit = seeds ?? Hunt.limit
        var catches: [Plant: Catch] = [:]
        let assignments = Plant.allCases.map { plant in
            catches[plant] = Catch(plant: plant, seedsNeeded: 0, seed: nil, invariants: [])
            return Assignment(from: from, count: limit, plant: plant, endsWithFirst: true)
        }
        let isWhole = try Children(
            jobs: jobCount,
            take: { assignment, result in
                guard let plant = assignment.plant else { return }
                catches[plant]?.seedsNeeded += 1
                guard !result.violations.isEmpty else { return }
                catches[plant]?.seed = result.seed
                catches[plant]?.invariants = Set(result.violations.map(\.invariant)).sorted()
            }, idle: {}
        ).run(assignments)
        return (Plant.allCases.compactMap { catches[$0] }, isWhole)
    }

    func report(_ hunt: (catches: [Catch], isWhole: Bool)) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            print(String(decoding: try encoder.encode(hunt.catches), as: UTF8.self))
        } else {
            print(Hunt.table(hunt.catches))
        }
        if !hunt.isWhole { throw SimulationExit.interrupted.code }
        if hunt.catches.contains(where: { $0.seed == nil && !Hunt.open.contains($0.plant) }) {
            throw SimulationExit.violated.code
        }
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
