import Testing

@testable import Failover

@Suite("No two rows contend")
struct AmbiguityTests {
    /// Rows that may be looked at together.
    private var pairs: [(Rule, Rule)] {
        Rules.table.enumerated().flatMap { index, rule in
            Rules.table[(index + 1)...].filter { other in
                other.on == rule.on && !Set(other.from).isDisjoint(with: rule.from)
            }.map { (rule, $0) }
        }
    }

    @Test("of two rows of one phase and trigger, one is the fallback or their guards exclude each other")
    func exclusion() {
        for (rule, other) in pairs where !other.isFallback {
            #expect(!rule.isFallback, "\(rule.id) hides \(other.id)")
            for clause in rule.when.clauses {
                for another in other.when.clauses {
                    #expect(clause.excludes(another), "\(rule.id) and \(other.id) may both hold")
                }
            }
        }
    }

    @Test("of two rows of one phase and trigger at most one is a fallback, and it comes last")
    func fallbacks() {
        for (rule, other) in pairs {
            #expect(!(rule.isFallback && other.isFallback), "\(rule.id), \(other.id)")
        }
        #expect(Rules.table.filter(\.isFallback).allSatisfy { $0.when == .always })
    }

    @Test("guards that do not exclude each other are told from those that do")
    func oracle() {
        #expect(!Clause(.calm).excludes(Clause(.troubled)))
        #expect(!Clause().excludes(Clause(.lastStep)))
        #expect(Clause(.calm).excludes(Clause(.confirmed)))
        #expect(Clause(.lastStep).excludes(Clause(.recheckRefuses, but: [.lastStep])))
    }

    @Test("every condition is used by some guard")
    func used() {
        let used = Guard.allCases.flatMap(\.clauses).flatMap { $0.yes + $0.no }
        #expect(Set(used) == Set(Condition.allCases))
    }

    /// What is said to exclude each other does, in every situation of thousands of steps.
    @Test(
        "what is said to exclude each other does, and one row at most holds, whatever happens",
        arguments: [11, 12, 13] as [UInt64])
    func dynamics(seed: UInt64) {
        var walk = RandomWalk(seed: seed)
        var seen = Set<Condition>()
        for _ in 0..<600 {
            walk.step()
            guard let machine = walk.world.machine.machine(of: "shop") else { continue }
            let turn = walk.world.machine.turn(for: "shop", walk.world.now)
            for request in [nil, OperatorRequest(verb: .failover, by: "ana", reason: "-")] {
                let situation = machine.situation(turn, request: request)
                let holding = Set(Condition.allCases.filter { $0.holds(in: situation) })
                seen.formUnion(holding)
                for set in Condition.exclusive { #expect(set.intersection(holding).count <= 1) }
                for trigger in Rule.Trigger.allCases {
                    let rows = Rules.table.filter {
                        $0.from.contains(machine.state.phase) && $0.on == trigger && !$0.isFallback
                            && $0.holds(in: situation)
                    }
                    #expect(rows.count <= 1, "\(rows.map(\.id))")
                }
            }
        }
        #expect(seen.count > 8, "the walk has seen too little: \(seen)")
    }
}
