import Failover

/// A call that changes something, as it left a host. Whether it arrived and what it did is told by effects.
public struct Mutation: Sendable, Equatable {
    /// `Service.id`.
    public var service: String
    public var operation: String
    /// The Region whose AWS is asked.
    public var region: Region
    /// What it changes: a database identifier, a record's name, a security group, a metric.
    public var target: String
    /// What it was sent for; nil when nobody said.
    public var cause: Cause?
    /// Until when the sender's own lease is good, on true time; nil without a lease.
    public var leaseValidUntil: Timestamp?
    /// Who truly holds the lease at that moment; nil without a lease.
    public var trueHolder: HostID?

    public init(
        service: String, operation: String, region: Region, target: String,
        cause: Cause? = nil, leaseValidUntil: Timestamp? = nil, trueHolder: HostID? = nil
    ) {
        self.service = service
        self.operation = operation
        self.region = region
        self.target = target
        self.cause = cause
        self.leaseValidUntil = leaseValidUntil
        self.trueHolder = trueHolder
    }
}
