/// What the machine remembers about one workload between two looks. Volatile.
struct Attention: Sendable, Equatable {
    var databases: [DatabaseID: DatabaseAttention] = [:]
    /// Since when the workload has not been healthy.
    var troubledSince: Timestamp?
    /// Since when the verdict has been *failed* without a gap.
    var quorumSince: Timestamp?
    /// Since when the verdict has been *partial* without a gap.
    var partialSince: Timestamp?
    /// The failure that has not been followed by calm yet, whatever gaps it has.
    var onset: Onset?
    /// Since when nothing has said failed and something has said healthy.
    var calmSince: Timestamp?
    /// Since when the observed roles have been as configured, with the standby replicating again.
    var protectedSince: Timestamp?
    /// When the evidence was last looked at.
    var lookedAt: Timestamp?

    /// Takes up what an earlier process had on record, so that no judgement before the first look forgets
    /// when the outage began.
    mutating func recall(_ recorded: Assessment?, now: Timestamp) {
        for assessment in recorded?.databases ?? [] where databases[assessment.database] == nil {
            databases[assessment.database] = DatabaseAttention(recorded: assessment, now: now)
        }
        guard onset == nil, let recorded, let since = recorded.quorumSince.map({ min($0, now) }) else {
            return
        }
        onset = Onset(
            since: since, turnedAt: since, seenAt: now, outsideConfirms: recorded.databases.seenFailedOutside)
    }

    /// See `DatabaseAttention.judgesLike`.
    func judgesLike(_ before: [DatabaseID: DatabaseAttention]) -> Bool {
        databases.count == before.count
            && databases.allSatisfy { id, memory in before[id].map(memory.judgesLike) ?? false }
    }

    /// Notes answers that a look has taken in and no judgement has seen.
    mutating func noteAnswers(_ evidence: EvidenceStore) {
        for id in databases.keys {
            if let servedAt = evidence.on(id).primaryServedAt { databases[id]?.noteAnswer(at: servedAt) }
        }
    }

    /// Keeps what the samples prove, for when there are none any more.
    mutating func remember(_ inquiries: [Inquiry]) {
        for inquiry in inquiries { databases[inquiry.database.id]?.remember(inquiry) }
    }

    /// Follows the evidence. `recorded` is the last judgement on record of an outage that was open when the
    /// controller last stopped.
    ///
    /// After a longer pause than the policy's `freshness` (a stopped process, a suspended machine) every
    /// window starts again: nobody has watched meanwhile.
    mutating func follow(
        _ databases: [DatabaseAssessment], verdict: Verdict, now: Timestamp, policy: Policy,
        recorded: [DatabaseAssessment]
    ) {
        if let lookedAt, now - lookedAt > policy.freshness {
            (quorumSince, partialSince, calmSince, protectedSince) = (nil, nil, nil, nil)
            onset?.seenAt = now
        }
        lookedAt = now
        for assessment in databases {
            let before = recorded.first { $0.database == assessment.database }
            var memory = self.databases[assessment.database] ?? DatabaseAttention(recorded: before, now: now)
            memory.follow(assessment, now: now)
            self.databases[assessment.database] = memory
        }
        troubledSince = verdict == .healthy ? nil : troubledSince ?? now
        if verdict == .failed {
            var onset = self.onset ?? Onset(since: now, turnedAt: now, seenAt: now)
            if now - onset.seenAt > policy.clearanceWindow { onset.turnedAt = now }
            onset.seenAt = now
            onset.outsideConfirms = onset.outsideConfirms || databases.seenFailedOutside
            self.onset = onset
        }
        quorumSince = verdict == .failed ? quorumSince ?? now : nil
        partialSince = verdict == .partial ? partialSince ?? now : nil
        calmSince = verdict == .healthy ? calmSince ?? now : nil
        if let calmSince, now - calmSince >= policy.clearanceWindow { onset = nil }
    }
}

/// A failure as others see it. Evidence that flickers must not make one event look like several, far apart.
struct Onset: Sendable, Equatable {
    /// When the verdict was *failed* for the first time.
    var since: Timestamp
    /// When it turned *failed* for the last time, after a gap as long as the clearance window: whatever has
    /// been doubtful for hours may be part of a new event.
    var turnedAt: Timestamp
    /// When it was last seen *failed*, or may have been while nobody watched.
    var seenAt: Timestamp
    /// A witness that stands outside our own path has said failed of each database.
    var outsideConfirms = false

    func isWithin(_ span: Duration, of other: Onset) -> Bool {
        [since, turnedAt].contains { mine in
            [other.since, other.turnedAt].contains { mine <= $0 + span && $0 <= mine + span }
        }
    }
}

extension [DatabaseAssessment] {
    /// Of every one.
    var seenFailedOutside: Bool {
        allSatisfy { $0.votes.contains { $0.opinion == .failed && $0.witness.standsOutside } }
    }
}

/// What is remembered about one database between two looks.
struct DatabaseAttention: Sendable, Equatable {
    /// Since when nothing of our own has proven the primary alive while something said failed: the outage's
    /// start as seen.
    var darkSince: Timestamp?
    /// When something last proved the primary alive although it was dark for us, by our own clock.
    var aliveAt: Timestamp?
    /// The same, without a server that answers and does not commit: it may have committed for others, which
    /// counts as loss, but it is no sign that the primary is back.
    var lifeSignAt: Timestamp?
    /// When anything last proved it alive, dark or not: a step that waits for its moment must not forget it.
    var provenAliveAt: Timestamp?
    /// Of the lag samples that were current in the dark, the one that proves the most to have been applied:
    /// that does not age, while a sample does.
    var furthestLag: LagSample?
    /// When the newest sample of the lag metric was taken that was heard of in the dark, whatever it said.
    var lagHeardAt: Timestamp?
    /// Since when the provider has been at work on the primary.
    var recoveringSince: Timestamp?

    init() {}

    /// Whether a vote or a verdict may differ between the two: what only a later step asks about does not
    /// count, and changes with every look at a primary that lives.
    func judgesLike(_ other: Self) -> Bool {
        var other = other
        (other.lifeSignAt, other.provenAliveAt) = (lifeSignAt, provenAliveAt)
        return self == other
    }

    /// After a restart: from the journal. A clock that now runs behind must not put the outage into the
    /// future, where no proof of life would be younger. What was alive on the last record may have died at
    /// any time since.
    init(recorded: DatabaseAssessment?, now: Timestamp) {
        darkSince = recorded?.darkSince.map { min($0, now) }
        let wasAlive = recorded?.votes.contains { $0.opinion == .alive } ?? false
        aliveAt = wasAlive ? now : recorded?.aliveAt.map { min($0, now) }
        lifeSignAt = aliveAt
        // One from the future shows that the clock was set back: it cannot be measured against the outage.
        guard darkSince != nil, let lag = recorded?.lag, lag.sampledAt <= now + clockMargin else { return }
        furthestLag = LagSample(sampledAt: lag.sampledAt, lagSeconds: lag.lagSeconds)
        lagHeardAt = lag.sampledAt
    }

    /// The primary has answered in the dark, though a silence that was heard before anything was judged hides
    /// it: the outage that we see has begun since.
    mutating func noteAnswer(at servedAt: Timestamp) {
        provenAliveAt = max(provenAliveAt ?? servedAt, servedAt)
        guard let dark = darkSince, servedAt > dark else { return }
        (darkSince, aliveAt, lifeSignAt) = (nil, nil, nil)
    }

    /// Keeps what proves how far the replica has come. After `follow`, which knows whether it is dark.
    mutating func remember(_ inquiry: Inquiry) {
        guard darkSince != nil else {
            (furthestLag, lagHeardAt) = (nil, nil)
            return
        }
        let samples = inquiry.knownLagSamples
        let heard = samples.map(\.sampledAt).filter(inquiry.isCurrent).max()
        lagHeardAt = [lagHeardAt, heard].compactMap(\.self).max()
        let found = (samples + inquiry.heartbeats).filter(inquiry.isUsable).furthest
        guard let applied = found?.appliedUpTo else { return }
        if furthestLag?.appliedUpTo.map({ applied > $0 }) ?? true { furthestLag = found }
    }

    mutating func follow(_ assessment: DatabaseAssessment, now: Timestamp) {
        let alive = assessment.votes.lazy.filter { $0.opinion == .alive }
        if !alive.isEmpty || assessment.verdict == .healthy { provenAliveAt = now }
        if alive.contains(where: { $0.witness == .probe }) || assessment.verdict == .healthy {
            darkSince = nil
            aliveAt = nil
            lifeSignAt = nil
        } else if assessment.votes.contains(where: { $0.opinion == .failed }) {
            darkSince = darkSince ?? now
        }
        if darkSince != nil { aliveAt = assessment.aliveAt ?? aliveAt }
        if darkSince != nil, !alive.isEmpty { lifeSignAt = aliveAt }
        let recovering = assessment.votes.contains { $0.opinion == .recovering }
        if recovering {
            recoveringSince = recoveringSince ?? now
        } else if assessment.votes.contains(where: { $0.witness == .controlPlane && $0.opinion == .healthy })
        {
            // Only AWS's own *healthy* ends it: a poll that got no answer must not start the waiting anew.
            recoveringSince = nil
        }
    }
}
