/// The newest observation of each slot of each database, and the newest one that had a value.
public struct EvidenceStore: Sendable, Equatable {
    private var newest: [Key: Observation] = [:]
    private var newestKnown: [Key: Observation] = [:]

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

    /// When the slot was last observed at all; nil when never.
    public func lastObserved(_ slot: Slot, of database: DatabaseID) -> Timestamp? {
        newest[Key(database: database, slot: slot)]?.at
    }
}
