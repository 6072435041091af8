import Failover
import Testing

@testable import Simulation

@Suite struct OracleTests {
    @Test func findsNothingWrongWithASoundFailover() {
        #expect(SoundStory().findings() == [])
        #expect(SoundStory().shared.findings() == [])
    }

    /// A check that is taken away, or that finds nothing any more, is missed here.
    @Test(arguments: violating.indices)
    func findsWhatIsWrong(index: Int) {
        let (invariant, what, story) = violating[index]
        let found = story.findings().filter { $0.invariant == invariant }
        #expect(!found.isEmpty, "\(invariant) does not see that \(what)")
        #expect(found.allSatisfy { !$0.detail.isEmpty && $0.at >= SoundStory.start })
    }

    @Test(arguments: allowed.indices)
    func findsNothingWrongWithWhatIsAllowed(index: Int) {
        let (invariant, what, story) = allowed[index]
        #expect(story.findings(only: [invariant]) == [], "\(invariant) must allow that \(what)")
    }

    @Test func everyInvariantHasATraceThatViolatesItAndOneThatDoesNot() {
        let ids = Oracle.invariants.map { $0.id }
        #expect(Set(ids).count == ids.count)
        #expect(Set(violating.map(\.0)) == Set(ids))
        #expect(Set(allowed.map(\.0)) == Set(ids))
        #expect(Oracle.invariants.allSatisfy { !$0.rule.isEmpty })
        // As the facts on faults number them.
        #expect(Set((1...12).map { "INV\($0)" }).isSubset(of: ids))
    }

    @Test func aBrokenRunDoesNotFillTheReport() {
        let oracle = Oracle(SoundStory().premises)
        for second in 0..<200 {
            oracle.hears(
                SoundStory.happening(
                    Double(second), .effect(.recordMoved(name: SoundStory.name, to: ""))))
        }
        #expect(oracle.verdict(at: SoundStory.time(300)).count == Oracle.most)
    }
}
