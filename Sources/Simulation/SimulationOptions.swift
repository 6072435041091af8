import Failover

/// How to run a seed.
public struct SimulationOptions: Sendable, Equatable {
    /// Faults to leave out, by index in the schedule: for shrinking.
    public var mask: Set<Int>
    /// Leave every fault out.
    public var withoutFaults: Bool

    public init(mask: Set<Int> = [], withoutFaults: Bool = false) {
        self.mask = mask
        self.withoutFaults = withoutFaults
    }
}

/// What came of a run.
public struct RunReport: Sendable {
    public var seed: UInt64
    /// The layout in a few lines.
    public var layout: [String]
    /// The whole schedule, masked ones too.
    public var faults: [Fault]
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
