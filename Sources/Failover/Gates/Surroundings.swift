/// What a workload's judgement knows of everything around it.
struct Surroundings: Sendable {
    /// How many workloads may fail over at once. >= 1.
    let capacity: Int
    let brake: FleetBrake
    let host: HostFacts?
    let leadership: Leadership
    /// All workloads with this one, in the order of the configuration.
    let neighbours: [Neighbour]
    let own: Int

    var others: some Sequence<Neighbour> {
        neighbours.lazy.enumerated().filter { $0.offset != own }.map(\.element)
    }

    /// Other failovers that hold a slot.
    func running(at now: Timestamp) -> Int {
        others.reduce(0) { $0 + ($1.slotUntil.map { now < $0 } ?? false ? 1 : 0) }
    }

    /// What may fail over, as it was, with the own onset as it is now.
    func fleet(_ onset: Onset) -> [Neighbour] {
        var mine = neighbours[own]
        mine.onset = onset
        return [mine] + others.filter(\.isWatched)
    }

    /// Who waits for a slot and comes first: a higher priority that has a quorum and nothing else against it,
    /// or the same priority, ready as well, and listed before. A lower one may use what they leave.
    var ahead: [Neighbour] {
        let mine = neighbours[own]
        return neighbours.enumerated().compactMap { place, other in
            let comesFirst =
                other.priority > mine.priority
                ? other.readiness != .none
                : other.priority == mine.priority && place < own && other.readiness == .ready
            return comesFirst ? other : nil
        }
    }
}

/// One workload as the others see it.
struct Neighbour: Sendable, Equatable {
    let id: WorkloadID
    let primaryRegion: Region
    let priority: Int
    /// Its failure, until there is calm, or it is dealt with.
    var onset: Onset?
    /// It may still fail over: it has not done so, and no plan of it has stopped.
    var isWatched = true
    /// Until when its plan holds a slot. One that takes much longer than forecast gives it back: its trouble
    /// must not become another workload's.
    var slotUntil: Timestamp?
    var readiness = Readiness.none

    enum Readiness: Sendable {
        case none
        /// The quorum is there, and only what ends by itself (see `GateSet.passing`) and the capacity are in
        /// the way.
        case near
        /// Only the capacity is in the way.
        case ready
    }
}

/// Where this process runs, as far as it matters to what it may do.
public struct HostFacts: Sendable, Equatable {
    /// The Region that it stands in (or nearest to).
    public var region: Region
    /// The Region whose endpoint issues its credentials; nil when they do not expire or are not known.
    public var credentialsRegion: Region?

    public init(region: Region, credentialsRegion: Region? = nil) {
        self.region = region
        self.credentialsRegion = credentialsRegion
    }
}
