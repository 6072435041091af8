import Testing

@testable import Failover

@Suite("The table of rules")
struct RulesTests {
    @Test("ids are unique, and every row says why")
    func ids() {
        #expect(Set(Rules.table.map(\.id)).count == Rules.table.count)
        #expect(Rules.table.allSatisfy { !$0.because.isEmpty && !$0.from.isEmpty })
    }

    @Test("every phase can be reached from watching, and watching from every phase")
    func noDeadEnd() {
        for phase in Phase.allCases {
            #expect(reachable(from: .watching).contains(phase), "\(phase) is never entered")
            #expect(reachable(from: phase).contains(.watching), "there is no way back from \(phase)")
        }
    }

    @Test("no row is hidden behind an unconditional one")
    func noneHidden() {
        for (index, rule) in Rules.table.enumerated() {
            for phase in rule.from {
                let earlier = Rules.table[..<index].first {
                    $0.from.contains(phase) && $0.on == rule.on && $0.when == .always
                }
                #expect(earlier == nil, "\(rule.id) never fires from \(phase)")
            }
        }
    }

    @Test("every trigger and every guard is used")
    func used() {
        #expect(Set(Rules.table.map(\.on)) == Set(Rule.Trigger.allCases))
        #expect(Set(Rules.table.map(\.when)) == Set(Guard.allCases))
    }

    @Test("automation starts a plan in one row only, and every other start is a person's")
    func oneWayIn() {
        let starts = Rules.table.filter { $0.to == .failingOver && !$0.from.contains(.failingOver) }
        #expect(starts.filter { $0.on == .evidence }.map(\.id) == ["confirmed-automatic"])
        #expect(starts.filter { $0.on != .evidence }.allSatisfy { $0.on.isRequest })
    }

    @Test("the diagram has an arrow for each row and phase, and the listing a line for each row")
    func diagram() {
        let lines = Rules.mermaid().split(separator: "\n").map(String.init)
        #expect(lines.first == "stateDiagram-v2")
        #expect(lines.contains("    suspected --> failingOver : confirmed-automatic"))
        #expect(lines.filter { $0.contains(" : ") }.count == Rules.table.map(\.from.count).reduce(0, +))
        #expect(Rules.rows().map { $0[0] } == Rules.table.map(\.id.rawValue))
        #expect(Rules.rows().allSatisfy { $0.count == 6 && !$0.contains("") })
    }

    @Test("every row fires")
    func coverage() {
        let fired = Stories.all.map { $0() }.reduce(into: Set<RuleID>()) { $0.formUnion($1.rules) }
        let missing = Rules.table.map(\.id).filter { !fired.contains($0) }
        #expect(missing == [])
        let unknown = fired.subtracting(Rules.table.map(\.id))
        #expect(unknown == [])
    }

    private func reachable(from start: Phase) -> Set<Phase> {
        var found: Set<Phase> = [start]
        while true {
            let next = Rules.table.filter { !found.isDisjoint(with: $0.from) }.map(\.to)
            let before = found.count
            found.formUnion(next)
            if found.count == before { return found }
        }
    }
}

extension Rule.Trigger {
    fileprivate var isRequest: Bool {
        switch self {
        case .failoverRequested, .approved, .resumed, .abandoned: true
        case .evidence, .restarted, .stepDue, .stepSucceeded, .stepFailed: false
        }
    }
}
