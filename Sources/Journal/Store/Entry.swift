import Failover

/// A record in its place in the journal.
public struct Entry: Sendable, Equatable {
    /// From 1, without gaps, in the order of appending.
    public var sequence: Int64
    public var record: Record

    public init(sequence: Int64, record: Record) {
        self.sequence = sequence
        self.record = record
    }
}
