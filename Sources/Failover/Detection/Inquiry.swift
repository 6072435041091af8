/// Everything that a question about one database is answered from.
struct Inquiry {
    var database: Database
    var policy: Policy
    var evidence: EvidenceStore
    var attention: DatabaseAttention
    var now: Timestamp

    func fresh(_ slot: Slot) -> Observation? {
        evidence.fresh(slot, of: database.id, at: now, freshness: policy.freshness)
    }

    /// The control plane's fresh view of a side.
    func state(_ side: Side) -> Reading<DatabaseState>? {
        guard
            case .database(_, let reading)? = fresh(side == .primary ? .primaryDatabase : .standbyDatabase)?.fact
        else { return nil }
        return reading
    }

    func probe(_ side: Side) -> Reading<ProbeAnswer>? {
        guard case .probe(_, let reading)? = fresh(side == .primary ? .primaryProbe : .standbyProbe)?.fact
        else { return nil }
        return reading
    }

    /// The control plane's newest view of a side that had a value, however old.
    func lastKnownState(_ side: Side) -> DatabaseState? {
        let slot: Slot = side == .primary ? .primaryDatabase : .standbyDatabase
        guard case .database(_, let reading)? = evidence.lastKnown(slot, of: database.id)?.fact else { return nil }
        return reading.value
    }

    /// The newest lag sample, if lag was read at all and the reading is fresh.
    var newestLag: LagSample? {
        guard case .replication(let reading)? = fresh(.replication)?.fact else { return nil }
        return reading.value?.max { $0.sampledAt < $1.sampledAt }
    }

    func age(_ instant: Timestamp) -> Duration { now - instant }
}

/// What is remembered about one database between two looks. Volatile: after a restart it is observed anew.
struct DatabaseAttention: Sendable, Equatable {
    /// Since when nothing has proven the primary alive while something said failed: the outage's start as seen.
    var darkSince: Timestamp?
    /// When something last proved the primary alive, by our own clock.
    var aliveAt: Timestamp?
    /// Since when the provider has been at work on the primary.
    var recoveringSince: Timestamp?
}
