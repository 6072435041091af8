/// Turns votes into a verdict on one database.
extension Inquiry {
    func assess() -> DatabaseAssessment {
        let votes = WitnessKind.allCases.map(vote(of:)).filter {
            // A witness that is not configured may still veto, never trigger.
            policy.witnesses.contains($0.witness) || $0.opinion == .alive || $0.opinion == .recovering
        }
        return DatabaseAssessment(database: database.id, verdict: verdict(on: votes), votes: votes, lag: lagView)
    }

    private func verdict(on votes: [Vote]) -> Verdict {
        let failed = votes.filter { $0.opinion == .failed && policy.witnesses.contains($0.witness) }
        let alive = votes.filter { $0.opinion == .alive }
        guard hasFreshEvidence else { return .unknown }
        // Nothing at all answers, not even the standby Region: the one thing that these have in common is us.
        if !somethingAnswers { return hasLookedEverywhere ? .isolated : .unknown }
        if !failed.isEmpty, !alive.isEmpty {
            return alive.contains { $0.witness == .probe } ? .suspect : .partitioned
        }
        if providerIsRecovering(votes), !alive.contains(where: { $0.witness == .probe }) {
            return .providerRecovering
        }
        if failed.count >= policy.quorum, failed.contains(where: \.witness.standsOutside) { return .failed }
        if hasConfigurationFault(votes) { return .configurationFault }
        if !failed.isEmpty { return .suspect }
        return votes.contains { $0.opinion == .alive || $0.opinion == .healthy } ? .healthy : .unknown
    }

    /// Right after a start the answers come in one by one; the first bad one alone says nothing about all.
    private var hasLookedEverywhere: Bool {
        [Slot.primaryDatabase, .standbyDatabase, .primaryProbe].allSatisfy { fresh($0) != nil }
    }

    private var hasFreshEvidence: Bool { Slot.allCases.contains { fresh($0) != nil } }

    /// Some outside thing gave us an answer: a value from an API, a metric, or a server on a connection. A refusal for
    /// lack of rights is an answer too: the path is there.
    private var somethingAnswers: Bool {
        Slot.allCases.contains { slot in
            switch fresh(slot)?.fact {
            case nil: false
            case .probe(_, .known(let answer))?: answer.answered
            case .some(let fact):
                switch fact.unknownReason {
                case nil, .denied, .throttled, .malformed, .missing, .notFound: true
                case .silent, .nameNotResolved, .certificate: false
                }
            }
        }
    }

    /// Within its limit; beyond it the provider is no longer waited for.
    private func providerIsRecovering(_ votes: [Vote]) -> Bool {
        guard votes.contains(where: { $0.opinion == .recovering }) else { return false }
        guard let since = attention.recoveringSince else { return true }
        return now - since < policy.providerRecoveryLimit
    }

    private func hasConfigurationFault(_ votes: [Vote]) -> Bool {
        if votes.contains(where: { $0.opinion == .configurationFault }) { return true }
        return state(.standby)?.unknownReason?.isConfigurationFault ?? false
    }

    /// Nil when there is no usable sample: unknown lag is not zero lag.
    private var lagView: LagView? {
        guard let sample = newestLag, let lag = sample.lagSeconds, let applied = sample.appliedUpTo,
            age(sample.sampledAt) <= policy.metricFreshness
        else { return nil }
        // Once dark, only what was committed before the outage can be lost; until then, everything since the sample.
        // A primary that was proven alive while dark for us committed until then at least.
        let end = attention.darkSince.map { max($0, attention.aliveAt ?? $0) } ?? now
        return LagView(
            lagSeconds: lag, sampledAt: sample.sampledAt, appliedUpTo: applied,
            lossSeconds: max((end - applied).inSeconds, 0))
    }
}
