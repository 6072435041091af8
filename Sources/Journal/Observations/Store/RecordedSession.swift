import Failover

/// A session as the recording has it.
public struct RecordedSession: Sendable, Equatable {
    /// From 1, in the order of their starts.
    public var number: Int64
    public var session: RecordingSession
    /// Until when its observations are in the recording.
    public var seenUntil: Timestamp
    /// Observations that were made and could not be kept.
    public var lost: Int
}

/// Observations of one workload that came together.
public struct RecordedBatch: Sendable, Equatable {
    /// When the machine took them in.
    public var at: Timestamp
    public var workload: WorkloadID
    public var observations: [Observation]
}
