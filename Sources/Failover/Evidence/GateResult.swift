/// What one condition of a failover says, with the reason and what it was judged on.
public struct GateResult: Sendable, Equatable, Codable {
    public var id: GateID
    public var open: Bool
    public var because: String
    /// Nil in records of versions that did not tell.
    public var kind: Gate.Kind?
    /// The observations that it was judged on; empty for a gate that looks at no evidence.
    public var evidence: [Testimony]?

    public init(
        id: GateID, open: Bool, because: String, kind: Gate.Kind? = nil, evidence: [Testimony]? = nil
    ) {
        self.id = id
        self.open = open
        self.because = because
        self.kind = kind
        self.evidence = evidence
    }
}

/// One observation that a judgement rests on: who was asked, from where, and when.
public struct Testimony: Sendable, Equatable, Codable {
    public var database: DatabaseID
    public var slot: Slot
    public var source: String
    public var vantage: String
    public var observedAt: Timestamp

    public init(
        database: DatabaseID, slot: Slot, source: String, vantage: String, observedAt: Timestamp
    ) {
        self.database = database
        self.slot = slot
        self.source = source
        self.vantage = vantage
        self.observedAt = observedAt
    }
}
