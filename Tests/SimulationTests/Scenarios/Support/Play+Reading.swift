import Failover

@testable import Simulation

/// What was judged and done in a run.
extension Play {
    func dated<What>(_ find: (Event) -> What?) -> [Dated<What>] {
        events.compactMap { event in
            find(event.what).map { Dated(at: event.at, host: event.host, what: $0) }
        }
    }

    var phases: [Dated<Phase>] {
        dated { if case .phaseChanged(_, let to, _, _) = $0 { to } else { nil } }
    }

    var phase: Phase { phases.last?.what ?? .watching }

    /// Every judgement on record.
    var assessments: [Dated<Assessment>] {
        dated(\.assessment)
    }

    var verdicts: Set<Verdict> { Set(assessments.map(\.what.verdict)) }

    func votes(of witness: WitnessKind, after moment: Duration = .zero) -> [Vote] {
        assessments.filter { $0.since >= moment }.flatMap { $0.what.databases.flatMap(\.votes) }.filter {
            $0.witness == witness
        }
    }

    func voted(_ witness: WitnessKind, _ opinion: Vote.Opinion) -> Bool {
        votes(of: witness).contains { $0.opinion == opinion }
    }

    var plans: [Dated<Plan>] { dated { if case .planAdopted(let plan) = $0 { plan } else { nil } } }

    var endings: [Dated<PlanEnding>] {
        dated { if case .planEnded(let ending) = $0 { ending } else { nil } }
    }

    var notices: [Dated<Notice>] {
        dated(\.notice)
    }

    var owed: [Dated<FenceAction>] {
        dated { if case .fenceOwed(let fence, _) = $0 { fence } else { nil } }
    }

    /// Each try of the steps whose action is such, as it began.
    func begun(_ isMeant: (Action) -> Bool) -> [Dated<StepID>] {
        dated { event in
            guard case .stepStarted(let id, _) = event, action(of: id).map(isMeant) == true else {
                return nil
            }
            return id
        }
    }

    /// How those ended.
    func outcomes(_ isMeant: (Action) -> Bool) -> [Dated<StepOutcome>] {
        dated { event in
            guard case .stepFinished(let id, _, let outcome) = event, action(of: id).map(isMeant) == true
            else { return nil }
            return outcome
        }
    }

    private func action(of step: StepID) -> Action? { plans.last?.what.step(step)?.action }

    var promotions: [Dated<SiteName>] {
        effects.compactMap { effect in
            effect.what.promotion.map { Dated(at: effect.at, what: $0.1) }
        }
    }

    /// Wherever DNS has led clients since the start.
    var ledTo: Set<String> {
        Set(
            effects.compactMap { effect in
                if case .answerMoved(_, let target) = effect.what { target } else { nil }
            })
    }

    var refusals: [String] {
        replies.compactMap { if case .refused(let message) = $0.what { message } else { nil } }
    }
}

extension Event {
    var assessment: Assessment? {
        switch self {
        case .phaseChanged(_, _, _, let assessment), .assessed(let assessment): assessment
        default: nil
        }
    }

    var notice: Notice? { if case .noticeIssued(let notice) = self { notice } else { nil } }
}

extension Action {
    var isFence: Bool { if case .fence = self { true } else { false } }
    var movesRecord: Bool { if case .moveRecord = self { true } else { false } }
    var confirms: Bool { if case .confirmTraffic = self { true } else { false } }
}
