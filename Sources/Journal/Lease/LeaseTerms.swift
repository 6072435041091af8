/// On what terms a host holds the lease.
public struct LeaseTerms: Sendable, Equatable {
    /// How long a renewal is good for. The next host waits this long, and `margin`, after the last sign of
    /// life: it is what a dead leader adds to an outage. 6 s and more; default 15 s.
    public var ttl: Duration
    /// By how much the holder stops earlier, and the next one waits longer. It covers what two clocks drift
    /// apart in one ttl (500 ppm: 8 ms of 15 s) and the time from the last check to the call's departure.
    /// Default: a fifth of the ttl.
    public var margin: Duration

    public static let shortest = Duration.seconds(6)

    public init(ttl: Duration = .seconds(15), margin: Duration? = nil) {
        self.ttl = ttl
        self.margin = margin ?? ttl / 5
    }

    /// Two renewals may fail before the lease runs out.
    public var renewEvery: Duration { ttl / 3 }
    /// After a store that did not answer.
    public var retryAfter: Duration { ttl / 10 }
    /// An answer that takes longer is not waited for.
    public var patience: Duration { ttl / 3 }
}
