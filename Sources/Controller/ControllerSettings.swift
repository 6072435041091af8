/// How often the controller looks and decides.
public struct Pace: Sendable {
    /// Between two rounds over all workloads.
    public var round: Duration
    /// Between two rounds over the workloads that are not simply being watched.
    public var closer: Duration
    /// Between two ticks: windows and retries are noticed this late at the most.
    public var tick: Duration
    /// How long a step may overstay its deadline before its try is given up from outside.
    public var grace: Duration

    public init(round: Duration, closer: Duration, tick: Duration, grace: Duration = .seconds(15)) {
        self.round = round
        self.closer = closer
        self.tick = tick
        self.grace = grace
    }
}
