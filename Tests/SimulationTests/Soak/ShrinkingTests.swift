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

    @Test func findsNothingWhereNothingMatters() {
        #expect(fewest(of: Array(0..<10)) { _ in true } == [])
    }

    /// Two alternatives: either will do, and no more than one is left.
    @Test func leavesNothingThatCouldBeLeftOut() {
        let found = fewest(of: Array(0..<64)) { $0.contains(7) || $0.contains(40) }
        #expect(found == [7] || found == [40])
    }
}
