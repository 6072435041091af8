/// Checkers call an endpoint healthy until FailureThreshold checks in a row have failed: 3 of them, 30 s
/// apart, unless the health check says otherwise. Until then their *healthy* delays a failover, but proves no
/// commit.
private let checkerDelay = Duration.seconds(90)

/// Turns votes into a verdict on one database.
extension Inquiry {
    func assess() -> DatabaseAssessment {
        var votes = WitnessKind.allCases.map(vote(of:))
        votes.removeAll { !counts($0) }
        return DatabaseAssessment(
            database: database.id, verdict: verdict(on: votes), votes: votes, lag: lagView,
            darkSince: attention.darkSince, aliveAt: provesCommits(votes) ? now : attention.aliveAt)
    }

    /// A witness that is not configured may still veto, never trigger.
    private func counts(_ vote: Vote) -> Bool {
        if policy.witnesses.contains(vote.witness) { return true }
        if vote.opinion == .alive || vote.opinion == .recovering { return true }
        return vote.witness == .controlPlane && primaryIsDeliberate
    }

    private func verdict(on votes: [Vote]) -> Verdict {
        let failed = votes.lazy.filter { $0.opinion == .failed && policy.witnesses.contains($0.witness) }
        let alive = votes.lazy.filter { $0.opinion == .alive }
        guard hasFreshEvidence else { return .unknown }
        // Nothing at all answers, not even the standby Region: the one thing that these have in common is us.
        if !somethingAnswers { return hasLookedEverywhere ? .isolated : .unknown }
        if !failed.isEmpty, !alive.isEmpty {
            return primaryAnswers == nil ? .partitioned : .suspect
        }
        if providerIsRecovering(votes), !alive.contains(where: { $0.witness == .probe }) {
            return .providerRecovering
        }
        if primaryIsDeliberate || primaryRefusesUs { return .configurationFault }
        let seenOutside = failed.contains(where: \.witness.standsOutside) || planted(.needsNobodyOutside)
        if failed.count >= policy.quorum, seenOutside { return .failed }
        if hasConfigurationFault(votes) { return .configurationFault }
        if !failed.isEmpty || primaryAnswers?.sql?.outcome == .crowded { return .suspect }
        return votes.contains { $0.opinion == .alive || $0.opinion == .healthy } ? .healthy : .unknown
    }

    /// Right after a start the answers come in one by one; the first bad one alone says nothing about all.
    private var hasLookedEverywhere: Bool {
        isFresh(.primaryDatabase) && isFresh(.standbyDatabase) && isFresh(.primaryProbe)
    }

    /// AWS answers, and says that a person stopped it, that its settings or its disk are to blame, or that it
    /// is not the writer: nothing for a machine to act on. A person still may.
    private var primaryIsDeliberate: Bool {
        guard let state = state(.primary)?.value else { return false }
        return state.role == .replica || StatusMeaning(status: state.status) == .deliberate
    }

    /// What the primary's server answered our own connection; nil when it did not.
    private var primaryAnswers: ProbeAnswer? {
        probe(.primary)?.value.flatMap { $0.answered ? $0 : nil }
    }

    private var hasFreshEvidence: Bool { Slot.allCases.contains(where: isFresh) }

    /// Some outside thing gave us an answer: a value from an API, a metric, or a server on a connection. A
    /// refusal for lack of rights is an answer too: the path is there.
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

    /// Within its limit; beyond it the provider is no longer waited for, unless the work was planned.
    private func providerIsRecovering(_ votes: [Vote]) -> Bool {
        guard votes.contains(where: { $0.opinion == .recovering }) else { return false }
        if isPlannedWork { return true }
        guard let since = attention.recoveringSince else { return true }
        return now - since < policy.providerRecoveryLimit
    }

    /// AWS says of the primary that planned work is being done on it.
    var isPlannedWork: Bool { (state(.primary)?.value?.status).map(StatusMeaning.isPlanned) ?? false }

    private func hasConfigurationFault(_ votes: [Vote]) -> Bool {
        if votes.contains(where: { $0.opinion == .configurationFault }) { return true }
        switch probe(.standby)?.value?.sql?.outcome {
        case .turnedAway, .misconfigured: return true
        case .wrote, .looked, .stalled, .readOnly, .crowded, nil: break
        }
        return state(.standby)?.unknownReason?.isConfigurationFault ?? false
    }

    /// Some vote proves that the primary committed, or served, after it went dark for us.
    private func provesCommits(_ votes: [Vote]) -> Bool {
        guard let dark = attention.darkSince else { return false }
        // A server that answers may have committed for others what it did not commit for us.
        if primaryAnswers != nil { return true }
        return votes.contains { vote in
            guard vote.opinion == .alive else { return false }
            guard vote.witness == .route53, case .routeHealth(.known(let sample))? = fresh(.routeHealth)?.fact
            else {
                return true
            }
            return sample.sampledAt > dark + clockMargin + checkerDelay
        }
    }

    /// Nil when there is no usable sample: unknown lag is not zero lag.
    private var lagView: LagView? {
        guard let sample = furthestLag, let lag = sample.lag, let applied = sample.appliedUpTo else {
            return nil
        }
        return LagView(
            lagSeconds: lag.inSeconds, sampledAt: sample.sampledAt, appliedUpTo: applied,
            lossSeconds: planted(.forgetsTheAgeOfLag)
                ? lag.inSeconds : max((lossEnd(applied) - applied).inSeconds, 0))
    }

    /// Until when commits may have been made that the replica lacks. Once dark, only what was committed
    /// before the outage can be lost; until then, everything since the sample. A primary that was proven
    /// alive while dark for us committed until then at least; one whose changes went on reaching the replica
    /// long after it went dark for us died nobody knows when.
    private func lossEnd(_ applied: Timestamp) -> Timestamp {
        guard let dark = attention.darkSince, applied <= dark + deathThroes else { return now }
        return max(dark, applied, attention.aliveAt ?? dark)
    }
}
