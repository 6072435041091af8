import Failover

/// The lease as it stands in the store that the hosts share.
public struct LeaseRecord: Sendable, Equatable {
    /// Who holds it, for people: a host's name.
    public var holder: String
    /// Unique to the holding process, so that two hosts of one name are not taken for one.
    public var instance: String
    /// The fencing epoch: one more with every acquisition, >= 1. What was written under an older one is
    /// refused.
    public var epoch: Int
    /// One more with every renewal: that it changes is the sign of life, not any time in it.
    public var beat: Int
    /// How long one renewal is good for, as its holder has it.
    public var ttl: Duration
    /// The holder's own clock at its last renewal. For people only: no clock is ever compared with it.
    public var renewedAt: Timestamp
    /// Given back: whoever wants it need not wait.
    public var isReleased: Bool

    public init(
        holder: String, instance: String, epoch: Int, beat: Int, ttl: Duration, renewedAt: Timestamp,
        isReleased: Bool = false
    ) {
        self.holder = holder
        self.instance = instance
        self.epoch = epoch
        self.beat = beat
        self.ttl = ttl
        self.renewedAt = renewedAt
        self.isReleased = isReleased
    }
}
