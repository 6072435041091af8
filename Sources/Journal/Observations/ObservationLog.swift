import Failover

/// Takes in what a controller sees, as it comes: for `drctl replay`. It is never in a decision's way: every
/// call returns at once, and a log that cannot keep up or cannot write only says so.
public protocol ObservationLog: Sendable {
    /// Once, before anything else: a process has begun to look.
    func began(_ session: RecordingSession)

    /// One batch, in the order in which the machine took it in, and the time that it was given for it.
    func took(_ observations: [Observation], at now: Timestamp)

    /// A phase has changed: what was taken in so far should be durable at once, not within the minute.
    func hurry()
}

/// One process's watch, with what a later replay must know of it.
public struct RecordingSession: Sendable, Equatable, Codable {
    public var startedAt: Timestamp
    /// Of drctl.
    public var version: String
    /// Says which configuration was in force.
    public var configurationDigest: String
    /// Between two rounds over all workloads, in milliseconds.
    public var roundMilliseconds: Int64
    /// Between two ticks, in milliseconds.
    public var tickMilliseconds: Int64
    /// What was watched: the recording's words *primary* and *standby* mean these.
    public var estate: [WatchedWorkload]

    public struct WatchedWorkload: Sendable, Equatable, Codable {
        public var id: WorkloadID
        public var databases: [Failover.Database]

        public init(id: WorkloadID, databases: [Failover.Database]) {
            self.id = id
            self.databases = databases
        }
    }

    public init(
        startedAt: Timestamp, version: String, configurationDigest: String, round: Duration, tick: Duration,
        estate: [WatchedWorkload]
    ) {
        self.startedAt = startedAt
        self.version = version
        self.configurationDigest = configurationDigest
        roundMilliseconds = round.milliseconds
        tickMilliseconds = tick.milliseconds
        self.estate = estate
    }
}
