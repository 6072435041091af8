import Failover
import Foundation
import Testing

@testable import Simulation

@Suite struct SoakTests {
    @Test func totalsDoNotDependOnTheOrderOfResults() {
        let results = (1...20).map { seed in
            var result = SeedResult(crashed: UInt64(seed), detail: "-")
            if seed % 3 != 0 { result.violations = [] }
            result.counts.records = seed
            return result
        }
        var (one, other) = (SoakTotals(), SoakTotals())
        results.forEach { one.add($0) }
        results.reversed().forEach { other.add($0) }
        #expect(one == other)
        #expect(one.failing.map(\.seed) == [3, 6, 9, 12, 15, 18])
        #expect(one.counts.records == 210 && one.seeds == 20)
    }

    @Test func everyPlantIsDescribed() {
        let bugs = Plant.allCases.map(\.bug)
        #expect(Set(bugs).count == bugs.count)
    }

    @Test func everyPlantHasASeedThatFindsItWithinTheBound() {
        #expect(Set(Hunt.known.keys) == Set(Plant.allCases))
        #expect(Hunt.known.values.allSatisfy { (1...UInt64(Hunt.limit)).contains($0) })
    }

    @Test func theDocumentsTableIsWhatTheHuntRuns() throws {
        let docs = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../docs/simulation.md").standardized
        let lines = try String(contentsOf: docs, encoding: .utf8).split(separator: "\n")
        for plant in Plant.allCases {
            let seed = Hunt.known[plant].map(String.init) ?? "-"
            let row = "| `\(plant.rawValue)` | \(plant.bug) | \(seed) | \(seed) | "
            #expect(lines.contains { $0.hasPrefix(row) }, "docs/simulation.md has no row: \(row)")
        }
    }

    @Test func aKnownSeedThatFindsNothingIsNamed() {
        let lines = Hunt.lines([
            Catch(plant: .acceptsStale, seedsNeeded: 590, seed: 590, invariants: ["INV6"]),
            Catch(plant: .ignoresHolds, seedsNeeded: 600, seed: nil, invariants: []),
        ])
        #expect(
            lines[0] == "accepts-stale: seed 590 violates INV6, and the known seed does not any more")
        #expect(lines[1] == "ignores-holds: NOT FOUND in 600 seeds")
    }

    @Test func theTableNamesWhatWasNotFound() {
        let table = Hunt.table([
            Catch(plant: .acceptsStale, seedsNeeded: 12, seed: 12, invariants: ["INV5", "INV6"]),
            Catch(plant: .ignoresHolds, seedsNeeded: 2000, seed: nil, invariants: []),
        ])
        #expect(
            table.contains("| `accepts-stale` | an observation of any age counts | 12 | 12 | INV5, INV6 |"))
        #expect(table.contains("| `ignores-holds` | a hold stops nothing | **not in 2000** | - | - |"))
    }
}
