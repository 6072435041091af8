/// What a person has to do for credentials that nothing else renews.
public struct HandRenewal: Sendable, Hashable {
    /// By when; nil where nobody says. A session of STS lasts from a quarter of an hour to a day and a half.
    public var by: WallTime?
    /// As an order: `log in again`.
    public var order: String

    public init(by: WallTime?, order: String) {
        self.by = by
        self.order = order
    }
}
