import Failover

/// What came of one seed, small enough to be kept for a hundred thousand.
public struct SeedResult: Sendable, Equatable, Codable {
    public var seed: UInt64
    public var simulatedMilliseconds: Int64
    public var counts: Counts
    public var violations: [Finding]

    public struct Finding: Sendable, Equatable, Codable {
        /// `INV1` and so on; `crash` when the run did not end.
        public var invariant: String
        public var at: Timestamp
        public var detail: String

        public init(invariant: String, at: Timestamp, detail: String) {
            self.invariant = invariant
            self.at = at
            self.detail = detail
        }
    }

    public struct Counts: Sendable, Equatable, Codable {
        public var faults = 0
        public var requests = 0
        public var records = 0
        public var failovers = 0
        public var crashes = 0
        public var commits = 0
        public var commitsLost = 0
        public var commitsInConflict = 0

        public init() {}
    }

    public init(_ report: RunReport) {
        seed = report.seed
        simulatedMilliseconds = report.statistics.simulated.milliseconds
        violations = report.violations.map {
            Finding(invariant: $0.invariant, at: $0.at, detail: $0.detail)
        }
        counts = Counts()
        counts.faults = report.faults.count
        counts.requests = report.statistics.requests
        counts.records = report.statistics.records
        counts.failovers = report.statistics.failoversCompleted
        counts.crashes = report.statistics.crashes
        counts.commits = report.statistics.commits
        counts.commitsLost = report.statistics.commitsLost
        counts.commitsInConflict = report.statistics.commitsInConflict
    }

    /// A run that took its process down with it.
    public init(crashed seed: UInt64, detail: String) {
        self.seed = seed
        simulatedMilliseconds = 0
        counts = Counts()
        violations = [
            Finding(invariant: "crash", at: Timestamp(milliseconds: 0), detail: detail)
        ]
    }
}

/// The sum of many.
public struct SoakTotals: Sendable, Equatable, Codable {
    public private(set) var seeds = 0
    public private(set) var simulatedMilliseconds: Int64 = 0
    public private(set) var counts = SeedResult.Counts()
    /// By seed.
    public private(set) var failing: [SeedResult] = []

    public init() {}

    public mutating func add(_ result: SeedResult) {
        seeds += 1
        simulatedMilliseconds += result.simulatedMilliseconds
        counts.add(result.counts)
        guard !result.violations.isEmpty else { return }
        // Whatever the order in which they come, the report is the same.
        let place = failing.firstIndex { $0.seed > result.seed } ?? failing.endIndex
        failing.insert(result, at: place)
    }

    public var simulatedHours: Double { Double(simulatedMilliseconds) / 3_600_000 }
}

extension SeedResult.Counts {
    fileprivate mutating func add(_ other: Self) {
        faults += other.faults
        requests += other.requests
        records += other.records
        failovers += other.failovers
        crashes += other.crashes
        commits += other.commits
        commitsLost += other.commitsLost
        commitsInConflict += other.commitsInConflict
    }
}
