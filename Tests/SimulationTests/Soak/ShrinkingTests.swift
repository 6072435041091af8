import Failover
import Testing

@testable import Simulation

@Suite struct ShrinkingTests {
    @Test(arguments: [[3], [0, 99], [10, 11, 12], [1, 50, 51, 98], Array(0..<20)])
    func findsJustWhatMatters(needed: [Int]) {
        var runs = 0
        let found = fewest(of: Array(0..<100)) { items in
            runs += 1
            return Set(needed).isSubset(of: items)
        }
        #expect(found == needed)
        // n log n for few, n squared at the worst.
        #expect(runs < 100 * (needed.count + 7))
    }

    /// With a completed failover in the place of a violation, since there is none to be had.
    @Test func leavesOutWhoeverHasNothingToDoWithIt() throws {
        func completed(_ report: RunReport) -> [String] {
            report.statistics.failoversCompleted > 0 ? ["completed"] : []
        }
        let found = (1...400).lazy.map { Seed($0) }.first { seed in
            let layout = Layout.drawn(from: seed)
            guard layout.hosts.count > 1, layout.workloads.count > 1 else { return false }
            return !completed(Simulation.run(seed: seed)).isEmpty
        }
        let seed = try #require(found)
        let shrunk = try #require(
            Simulation.shrink(seed: seed, options: SimulationOptions(), judge: completed))
        #expect(shrunk.report.cast.count == 2)
        #expect(shrunk.report.played.count <= 2)
        #expect(!completed(shrunk.report).isEmpty)
        let options = SimulationOptions(mask: shrunk.mask, without: shrunk.without)
        #expect(Simulation.run(seed: seed, options: options).log == shrunk.report.log)
    }

    @Test func findsNothingWhereNothingMatters() {
        #expect(fewest(of: Array(0..<10)) { _ in true } == [])
    }

    /// Two alternatives: either will do, and no more than one is left.
    @Test func leavesNothingThatCouldBeLeftOut() {
        let found = fewest(of: Array(0..<64)) { $0.contains(7) || $0.contains(40) }
        #expect(found == [7] || found == [40])
    }
}
