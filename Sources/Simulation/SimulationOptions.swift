import Failover

/// How to run a seed.
public struct SimulationOptions: Sendable, Equatable {
    /// Faults to leave out, by index in the schedule: for shrinking.
    public var mask: Set<Int>
    /// Hosts and workloads to leave out, by name, with all faults of theirs: for shrinking. The first host
    /// and the first workload stay when nothing else would.
    public var without: Set<String>
    /// Leave every fault out.
    public var withoutFaults: Bool

    public init(mask: Set<Int> = [], without: Set<String> = [], withoutFaults: Bool = false) {
        self.mask = mask
        self.without = without
        self.withoutFaults = withoutFaults
    }
}

/// What came of a run.
public struct RunReport: Sendable {
    public var seed: UInt64
    /// The layout in a few lines.
    public var layout: [String]
    /// Its hosts and workloads, by name.
    public var cast: [String]
    /// The whole schedule, with what was left out.
    public var faults: [Fault]
    /// Numbers of the faults that were left to happen.
    public var played: Set<Int>
    public var happenings: [Happening]
    public var violations: [Violation]
    public var statistics: Statistics

    public struct Statistics: Sendable, Equatable {
        public var simulated = Duration.zero
        public var jobs = 0
        public var timers = 0
        public var requests = 0
        public var records = 0
        public var failoversCompleted = 0
        public var crashes = 0
        public var commits = 0
        public var commitsLost = 0
        /// Commits taken by two sites of one database at once.
        public var commitsInConflict = 0

        public init() {}
    }

    /// The event log: the same bytes for the same seed, options and code.
    public var log: String { happenings.map(\.description).joined(separator: "\n") + "\n" }
}
