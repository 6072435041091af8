import Failover

/// Something happened that must never happen.
public struct Violation: Sendable, Equatable, CustomStringConvertible {
    /// `INV1` and so on; `liveness`.
    public var invariant: String
    public var at: Timestamp
    public var detail: String

    public init(invariant: String, at: Timestamp, detail: String) {
        self.invariant = invariant
        self.at = at
        self.detail = detail
    }

    public var description: String { "\(at) \(invariant): \(detail)" }
}

/// Judges a run while it goes on.
protocol Judge: AnyObject {
    /// Once, before anything happens.
    func begins(_ world: World)
    /// After each happening; the world is as that happening left it.
    func saw(_ happening: Happening, in world: World)
    /// Once, at the end of the run. All violations, in order.
    func verdict(_ world: World) -> [Violation]
}
