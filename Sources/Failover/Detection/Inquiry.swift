/// Everything that a question about one database is answered from.
struct Inquiry {
    private let ground: Ground
    /// Whether answers come with their words: only when somebody will read them.
    var spells = false

    /// Shared by the copies: each gate and each vote looks at it.
    private final class Ground {
        let workload: Boxed<Workload>
        let place: Int
        let evidence: DatabaseEvidence
        let attention: DatabaseAttention
        let now: Timestamp
        /// What was observed earlier is not fresh any more.
        let freshSince: Timestamp

        init(
            _ workload: Boxed<Workload>, _ place: Int, _ evidence: DatabaseEvidence,
            _ attention: DatabaseAttention, _ now: Timestamp
        ) {
            self.workload = workload
            self.place = place
            self.evidence = evidence
            self.attention = attention
            self.now = now
            freshSince = now - workload.value.policy.freshness
        }
    }

    /// `place`: the database's among those of `workload`.
    init(
        of workload: Boxed<Workload>, place: Int, evidence: DatabaseEvidence, attention: DatabaseAttention,
        now: Timestamp
    ) {
        ground = Ground(workload, place, evidence, attention, now)
    }

    var database: Database { ground.workload.value.databases[ground.place] }
    var policy: Policy { ground.workload.value.policy }
    var evidence: DatabaseEvidence { ground.evidence }
    var attention: DatabaseAttention { ground.attention }
    var now: Timestamp { ground.now }

    func fresh(_ slot: Slot) -> Observation? { ground.evidence.fresh(slot, since: ground.freshSince) }

    func isFresh(_ slot: Slot) -> Bool { ground.evidence.isFresh(slot, since: ground.freshSince) }

    func words(_ text: @autoclosure () -> String) -> String { spells ? text() : "" }

    /// The control plane's fresh view of a side.
    func state(_ side: Side) -> Reading<DatabaseState>? {
        guard
            case .database(_, let reading)? = fresh(side == .primary ? .primaryDatabase : .standbyDatabase)?
                .fact
        else { return nil }
        return reading
    }

    func probe(_ side: Side) -> Reading<ProbeAnswer>? {
        guard case .probe(_, let reading)? = fresh(side == .primary ? .primaryProbe : .standbyProbe)?.fact
        else { return nil }
        return reading
    }

    /// The primary's server answers, and turns our SQL away for what is ours to repair, or will not write
    /// since it was told not to. A server that says so lives.
    var primaryRefusesUs: Bool {
        switch probe(.primary)?.value?.sql?.outcome {
        case .turnedAway, .misconfigured, .readOnly: true
        case .wrote, .looked, .stalled, .crowded, nil: false
        }
    }

    /// The control plane's newest view of a side that had a value, however old.
    func lastKnownState(_ side: Side) -> DatabaseState? {
        let slot: Slot = side == .primary ? .primaryDatabase : .standbyDatabase
        guard case .database(_, let reading)? = evidence.newestKnown(slot)?.fact else {
            return nil
        }
        return reading.value
    }

    /// The newest lag sample, if lag was read at all and the reading is fresh.
    var newestLag: LagSample? { lagSamples.max { $0.sampledAt < $1.sampledAt } }

    /// The sample that proves the most to have been applied: once the primary is gone RDS publishes -1 (not
    /// replicating) or nothing, but what the replica had applied a minute before that it still has.
    var furthestLag: LagSample? {
        var furthest: LagSample?
        for sample in lagSamples where isUsable(sample) { furthest = sample.further(than: furthest) }
        for sample in heartbeats where isUsable(sample) { furthest = sample.further(than: furthest) }
        return recalledLag.map { $0.further(than: furthest) } ?? furthest
    }

    /// What was current in the dark, however old it is by now. Once nothing has been heard of the lag for an
    /// hour nobody knows what has become of the replica, and a person decides.
    private var recalledLag: LagSample? {
        guard attention.darkSince != nil, let sample = attention.furthestLag else { return nil }
        let heardAt = max(sample.sampledAt, attention.lagHeardAt ?? sample.sampledAt)
        return age(heardAt) <= .seconds(3600) ? sample : nil
    }

    func isUsable(_ sample: LagSample) -> Bool { sample.lag != nil && isCurrent(sample.sampledAt) }

    /// The samples of the newest answer that had any, however long ago that was read: CloudWatch may have
    /// turned the next question away.
    var knownLagSamples: [LagSample] {
        guard case .replication(let reading)? = evidence.newestKnown(.replication)?.fact else { return [] }
        return reading.value ?? []
    }

    var lagSamples: [LagSample] {
        guard case .replication(let reading)? = fresh(.replication)?.fact else { return [] }
        return reading.value ?? []
    }

    /// Proof of what the replica had applied, from a row of our own. Never of a replica that receives
    /// nothing: the row is old as well when it was our own probe that could not write it.
    var heartbeats: [LagSample] {
        probe(.standby)?.value?.sql?.heartbeat.map { [$0] } ?? []
    }

    /// How far the replica is known to have replayed, as it spells it.
    var replicaPosition: String? {
        evidence.lastPosition(.standbyProbe)?.position ?? furthestLag?.position
    }

    /// The last WAL position that the primary told our own probe, and when.
    var lastPosition: (position: String, at: Timestamp)? {
        evidence.lastPosition(.primaryProbe)
    }

    /// Both sides were looked at a moment ago by every witness in use, whatever came of it: the one that
    /// would object may be the slowest.
    var isSeen: Bool {
        isFresh(.primaryProbe) && isFresh(.standbyDatabase) && hasLookedAtWitnesses
    }

    func age(_ instant: Timestamp) -> Duration { now - instant }

    /// Of a sample of a metric. One from the future shows that this host's clock is behind: everything that
    /// is measured from it to the outage's start would look younger than it is.
    func isCurrent(_ sampledAt: Timestamp) -> Bool {
        (.zero - clockMargin...policy.metricFreshness).contains(age(sampledAt))
    }

    /// On a sample that is not current: an old one says nothing, one from the future that this host's clock
    /// is behind, which a person has to set right before these witnesses can be heard again.
    func opinion(onDated sampledAt: Timestamp) -> Vote.Opinion {
        sampledAt > now ? .configurationFault : .unknown
    }

    /// Why a sample that is not current is not.
    func datedText(_ sampledAt: Timestamp) -> String {
        sampledAt > now
            ? "\((sampledAt - now).text) in the future: this host's clock is behind"
            : "\(age(sampledAt).text) old"
    }
}

extension WitnessKind {
    /// Where its observations are kept.
    var slot: Slot {
        switch self {
        case .route53: .routeHealth
        case .controlPlane: .primaryDatabase
        case .replication: .replication
        case .probe: .primaryProbe
        }
    }
}

extension LagSample {
    /// Itself, unless the other one proves as much or more to have been applied.
    fileprivate func further(than other: LagSample?) -> LagSample {
        guard let other else { return self }
        return (other.appliedUpTo ?? other.sampledAt) < (appliedUpTo ?? sampledAt) ? self : other
    }
}

extension Sequence<LagSample> {
    /// The one that proves the most to have been applied.
    var furthest: LagSample? {
        self.max { ($0.appliedUpTo ?? $0.sampledAt) < ($1.appliedUpTo ?? $1.sampledAt) }
    }
}
