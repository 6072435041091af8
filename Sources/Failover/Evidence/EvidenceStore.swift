/// The newest observation of each slot of each database, and the newest one that had a value.
public struct EvidenceStore: Sendable, Equatable {
    private var newest: [Key: Observation] = [:]
    private var newestKnown: [Key: Observation] = [:]
    /// The newest answer in SQL that said whether it writes, and the newest that told its position.
    private var newestTelling: [Key: Observation] = [:]
    private var newestPosition: [Key: Observation] = [:]

    private struct Key: Hashable {
        var database: DatabaseID
        var slot: Slot
    }

    public init() {}

    /// Takes an observation in; one that is older than what is there (a late answer) changes nothing.
    public mutating func take(_ observation: Observation) {
        let key = Key(database: observation.database, slot: observation.fact.slot)
        if let present = newest[key], present.at > observation.at { return }
        newest[key] = observation
        if observation.fact.unknownReason == nil { newestKnown[key] = observation }
        guard case .probe(_, .known(let answer)) = observation.fact else { return }
        if answer.sql?.outcome != .crowded { newestTelling[key] = observation }
        if answer.sql?.position != nil { newestPosition[key] = observation }
    }

    /// The newest observation, unless it is older than `freshness`: what is stale is unknown.
    public func fresh(
        _ slot: Slot, of database: DatabaseID, at now: Timestamp, freshness: Duration
    ) -> Observation? {
        guard let found = newest[Key(database: database, slot: slot)], now - found.at <= freshness else {
            return nil
        }
        return found
    }

    /// The newest observation with a value, however old: for identities, which do not change.
    public func lastKnown(_ slot: Slot, of database: DatabaseID) -> Observation? {
        newestKnown[Key(database: database, slot: slot)]
    }

    /// What a probe was last told before the server had no connection to spare: that alone does not clear a
    /// write that was not committed.
    public func lastTelling(_ slot: Slot, of database: DatabaseID) -> ProbeAnswer? {
        Self.answer(newestTelling[Key(database: database, slot: slot)])
    }

    /// The newest WAL position that a probe was told, with when it was; nil when never.
    public func lastPosition(_ slot: Slot, of database: DatabaseID) -> (position: String, at: Timestamp)? {
        let observation = newestPosition[Key(database: database, slot: slot)]
        guard let observation, let position = Self.answer(observation)?.sql?.position else { return nil }
        return (position, observation.at)
    }

    private static func answer(_ observation: Observation?) -> ProbeAnswer? {
        guard case .probe(_, .known(let answer))? = observation?.fact else { return nil }
        return answer
    }

    /// When the slot was last observed at all; nil when never.
    public func lastObserved(_ slot: Slot, of database: DatabaseID) -> Timestamp? {
        newest[Key(database: database, slot: slot)]?.at
    }
}
