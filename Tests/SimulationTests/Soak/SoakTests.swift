import Failover
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

    @Test func theTableNamesWhatWasNotFound() {
        let table = Hunt.table([
            Catch(plant: .acceptsStale, seedsNeeded: 12, seed: 12, invariants: ["INV5", "INV6"]),
            Catch(plant: .ignoresHolds, seedsNeeded: 2000, seed: nil, invariants: []),
            Catch(plant: .sendsWithoutLease, seedsNeeded: 600, seed: nil, invariants: []),
        ])
        #expect(table.contains("**not in 600**, open | - |"))
        #expect(
            table.contains("| `accepts-stale` | an observation of any age counts | 12 | 12 | INV5, INV6 |"))
        #expect(table.contains("| `ignores-holds` | a hold stops nothing | **not in 2000** | - | - |"))
    }
}
