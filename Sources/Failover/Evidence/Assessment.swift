/// The whole judgement on a workload at one moment: what each witness says, what that amounts to, and which
/// gates are open. Kept with every decision, so that "why?" and "why not?" have an answer.
public struct Assessment: Sendable, Equatable, Codable {
    public var at: Timestamp
    public var verdict: Verdict
    /// The verdict as a sentence for a tired person.
    public var sentence: String
    public var databases: [DatabaseAssessment]
    public var gates: [GateResult]
    /// Since when the workload has not been healthy; nil while it is.
    public var suspectedSince: Timestamp?
    /// Since when the quorum has held without a gap; nil when it does not.
    public var quorumSince: Timestamp?

    public init(
        at: Timestamp, verdict: Verdict, sentence: String, databases: [DatabaseAssessment],
        gates: [GateResult],
        suspectedSince: Timestamp?, quorumSince: Timestamp?
    ) {
        self.at = at
        self.verdict = verdict
        self.sentence = sentence
        self.databases = databases
        self.gates = gates
        self.suspectedSince = suspectedSince
        self.quorumSince = quorumSince
    }
}

/// What the evidence amounts to.
public enum Verdict: String, Sendable, Codable, CaseIterable {
    case healthy
    /// Some witness says failed, but not enough of them.
    case suspect
    /// The quorum says failed, with one witness outside our own path, and nothing contradicts.
    case failed
    /// We cannot see it, others can.
    case partitioned
    /// We see nothing at all, not even the standby Region: the fault is on our side.
    case isolated
    /// Multi-AZ failover, reboot or maintenance is under way.
    case providerRecovering = "provider-recovering"
    /// Credentials, permissions, certificates or names: ours to repair.
    case configurationFault = "configuration-fault"
    /// Some databases of the workload have failed and others have not.
    case partial
    case unknown
}

public struct DatabaseAssessment: Sendable, Equatable, Codable {
    public var database: DatabaseID
    public var verdict: Verdict
    public var votes: [Vote]
    public var lag: LagView?
    /// Since when nothing of our own has proven the primary alive while something said failed: the outage's
    /// start as seen. On record, so that a restart in the middle of an outage does not move it.
    public var darkSince: Timestamp?
    /// When the primary was last proven alive although it was dark for us: what it committed until then may
    /// be lost.
    public var aliveAt: Timestamp?

    public init(
        database: DatabaseID, verdict: Verdict, votes: [Vote], lag: LagView?, darkSince: Timestamp? = nil,
        aliveAt: Timestamp? = nil
    ) {
        self.database = database
        self.verdict = verdict
        self.votes = votes
        self.lag = lag
        self.darkSince = darkSince
        self.aliveAt = aliveAt
    }
}

/// What one kind of witness says about the primary.
public struct Vote: Sendable, Equatable, Codable {
    public var witness: WitnessKind
    public var opinion: Opinion
    /// Why, in a few words, with source and age.
    public var because: String
    /// When it was observed; nil when nothing ever was.
    public var observedAt: Timestamp?
    /// What was asked, and where the witness stands, for people; nil when nothing was ever observed.
    public var source: String?
    public var vantage: String?
    /// Nil in records of versions that did not tell.
    public var may: Influence?

    /// What the witness's word may do.
    public enum Influence: String, Sendable, Codable {
        /// Count towards the quorum, and object.
        case trigger
        /// Only object: this kind of witness is not among those in use.
        case veto
    }

    public enum Opinion: String, Sendable, Codable {
        case healthy
        case failed
        /// Proof that the primary lived after the suspicion began: a veto.
        case alive
        case unknown
        /// The provider is at work.
        case recovering
        /// Points at our own configuration.
        case configurationFault = "configuration-fault"
    }

    public init(
        witness: WitnessKind, opinion: Opinion, because: String, observedAt: Timestamp?,
        source: String? = nil, vantage: String? = nil, may: Influence? = nil
    ) {
        self.witness = witness
        self.opinion = opinion
        self.because = because
        self.observedAt = observedAt
        self.source = source
        self.vantage = vantage
        self.may = may
    }
}

/// What would be lost if the replica became the writer.
public struct LagView: Sendable, Equatable, Codable {
    /// Seconds, as sampled.
    public var lagSeconds: Double
    public var sampledAt: Timestamp
    /// Primary time up to which the replica is known to have applied.
    public var appliedUpTo: Timestamp
    /// Seconds between the outage's start (now, while it is not known) and `appliedUpTo`. >= 0.
    public var lossSeconds: Double

    public init(lagSeconds: Double, sampledAt: Timestamp, appliedUpTo: Timestamp, lossSeconds: Double) {
        self.lagSeconds = lagSeconds
        self.sampledAt = sampledAt
        self.appliedUpTo = appliedUpTo
        self.lossSeconds = lossSeconds
    }
}
