/// The newest observation of each slot of each database, and the newest one that had a value.
public struct EvidenceStore: Sendable, Equatable {
    private var databases: [DatabaseID: DatabaseEvidence] = [:]

    public init() {}

    /// Takes an observation in; one that is older than what is there (a late answer) changes nothing.
    public mutating func take(_ observation: Observation) {
        databases[observation.database, default: DatabaseEvidence()].take(observation)
    }

    func on(_ database: DatabaseID) -> DatabaseEvidence { databases[database] ?? DatabaseEvidence() }

    /// The newest observation, unless it is older than `freshness`: what is stale is unknown.
    public func fresh(
        _ slot: Slot, of database: DatabaseID, at now: Timestamp, freshness: Duration
    ) -> Observation? {
        on(database).fresh(slot, since: now - freshness)
    }

    /// The newest observation with a value, however old: for identities, which do not change.
    public func lastKnown(_ slot: Slot, of database: DatabaseID) -> Observation? {
        on(database).newestKnown(slot)
    }

    /// What a probe was last told before the server had no connection to spare.
    public func lastTelling(_ slot: Slot, of database: DatabaseID) -> ProbeAnswer? {
        on(database).lastTelling(slot)
    }

    /// The newest WAL position that a probe was told, with when it was; nil when never.
    public func lastPosition(_ slot: Slot, of database: DatabaseID) -> (position: String, at: Timestamp)? {
        on(database).lastPosition(slot)
    }

    /// When the slot was last observed at all; nil when never.
    public func lastObserved(_ slot: Slot, of database: DatabaseID) -> Timestamp? {
        on(database).newest(slot)?.at
    }
}

/// The same for one database: six slots of each, looked at many times in every evaluation.
struct DatabaseEvidence: Sendable, Equatable {
    private var newest: [Observation?] = Array(repeating: nil, count: Slot.allCases.count)
    private var known: [Observation?] = Array(repeating: nil, count: Slot.allCases.count)
    /// The newest answer in SQL that said whether it writes, and the newest that told its position.
    private var telling: [Observation?] = Array(repeating: nil, count: Slot.allCases.count)
    private var positioned: [Observation?] = Array(repeating: nil, count: Slot.allCases.count)
    /// When a server last answered a probe of the primary and did not say that it commits nothing: a silence
    /// that comes right behind it, and is judged with it, does not make that undone.
    private(set) var primaryServedAt: Timestamp?

    mutating func take(_ arrived: Observation) {
        if case .probe(.primary, .known(let answer)) = arrived.fact, answer.serves {
            primaryServedAt = max(primaryServedAt ?? arrived.at, arrived.at)
        }
        let index = arrived.fact.slot.index
        if let present = newest[index], present.at > arrived.at, !planted(.takesLateAnswers) { return }
        let observation = arrived.keeping(newest[index])
        newest[index] = observation
        if observation.fact.unknownReason == nil { known[index] = observation }
        guard case .probe(_, .known(let answer)) = observation.fact else { return }
        if answer.sql?.outcome != .crowded { telling[index] = observation }
        if answer.sql?.position != nil { positioned[index] = observation }
    }

    /// What a probe was last told before the server had no connection to spare: that alone does not clear a
    /// write that was not committed.
    func lastTelling(_ slot: Slot) -> ProbeAnswer? { Self.answer(telling[slot.index]) }

    /// The newest WAL position that a probe was told, with when it was; nil when never.
    func lastPosition(_ slot: Slot) -> (position: String, at: Timestamp)? {
        let observation = positioned[slot.index]
        guard let observation, let position = Self.answer(observation)?.sql?.position else { return nil }
        return (position, observation.at)
    }

    private static func answer(_ observation: Observation?) -> ProbeAnswer? {
        guard case .probe(_, .known(let answer))? = observation?.fact else { return nil }
        return answer
    }

    func newest(_ slot: Slot) -> Observation? { newest[slot.index] }
    func newestKnown(_ slot: Slot) -> Observation? { known[slot.index] }

    func isFresh(_ slot: Slot, since oldest: Timestamp) -> Bool {
        newest[slot.index].map { $0.at >= oldest } ?? false
    }

    func fresh(_ slot: Slot, since oldest: Timestamp) -> Observation? {
        guard let found = newest[slot.index], found.at >= oldest || planted(.acceptsStale) else {
            return nil
        }
        return found
    }
}

extension Observation {
    /// The checkers' own reports are minutes newer than their metric, and both come in turn: a metric that
    /// has not caught up with what is known takes nothing back, it only says that nothing newer is known.
    fileprivate func keeping(_ known: Observation?) -> Observation {
        guard let known, case .routeHealth(.known(let before)) = known.fact,
            case .routeHealth(.known(let sample)) = fact, sample.sampledAt < before.sampledAt
        else { return self }
        var kept = known
        kept.at = at
        return kept
    }
}

extension Slot {
    fileprivate var index: Int {
        switch self {
        case .routeHealth: 0
        case .primaryDatabase: 1
        case .standbyDatabase: 2
        case .replication: 3
        case .primaryProbe: 4
        case .standbyProbe: 5
        }
    }
}
