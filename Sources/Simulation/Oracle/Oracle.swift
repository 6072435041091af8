import Failover

/// Judges a run by the table of invariants. It takes nothing from the controller's own reasoning but its
/// records, so that a mistake there is not repeated here.
final class Oracle {
    static let invariants: [any Invariant.Type] = [
        OnePromotion.self, LeaseAtSend.self, TrafficToWriter.self, AnswersStand.self, Evidence.self,
        UnknownIsUnknown.self, DataLossLimit.self, IntentFirst.self, NoWayBack.self, CallBudget.self,
        CleanText.self, EndIsTold.self, Liveness.self, Idleness.self, SplitBrain.self, LookFirst.self,
        Restraint.self,
    ]

    private var invariants: [any Invariant]
    let past: Chronicle
    private(set) var violations: [Violation] = []
    /// A broken run repeats itself; the first findings tell the story.
    static let most = 50

    init(_ premises: Premises, only: Set<String>? = nil) {
        past = Chronicle(premises)
        invariants = Self.invariants.filter { only?.contains($0.id) ?? true }.map { $0.init(premises) }
    }

    func hears(_ happening: Happening) {
        for index in invariants.indices {
            let found = invariants[index].findings(on: happening, after: past)
            note(found, of: type(of: invariants[index]).id, at: happening.at)
        }
        past.take(happening)
    }

    /// The run is over: all violations, in the order in which they were found.
    func verdict(at end: Timestamp) -> [Violation] {
        past.now = end
        for index in invariants.indices {
            note(invariants[index].findings(atTheEnd: past), of: type(of: invariants[index]).id, at: end)
        }
        return violations
    }

    private func note(_ findings: [String], of id: String, at instant: Timestamp) {
        for finding in findings where violations.count < Self.most {
            violations.append(Violation(invariant: id, at: instant, detail: finding))
        }
    }
}
