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
