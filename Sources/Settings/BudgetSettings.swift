import Failover

/// How much observing may ask of AWS.
public struct BudgetSettings: Sendable, Equatable {
    /// To each API of each Region. 1...1000.
    public var callsPerSecond: Double
    /// For metrics. Nil for no limit. 1...100,000.
    public var dollarsPerMonth: Double?

    public init(callsPerSecond: Double = 20, dollarsPerMonth: Double? = nil) {
        self.callsPerSecond = callsPerSecond
        self.dollarsPerMonth = dollarsPerMonth
    }
}
