import Failover

/// The `controller.lease` section: where several hosts share the journal, and take turns.
public struct LeaseSettings: Sendable, Equatable {
    /// A DynamoDB table with the partition key `pk` (string) and the sort key `sk` (number).
    public var table: String
    /// The table's Region. Never the primary Region of a workload.
    public var region: Region
    /// How long the lease outlives its holder. 6 s...5 min.
    public var ttl: Duration
    /// This host's name, for people. Nil: the machine's.
    public var holder: String?

    public init(table: String, region: Region, ttl: Duration = .seconds(15), holder: String? = nil) {
        self.table = table
        self.region = region
        self.ttl = ttl
        self.holder = holder
    }
}
