/// Where a workload stands.
public enum Phase: String, Sendable, Codable, CaseIterable {
    case watching
    /// Something says failed; the confirmation window runs.
    case suspected
    /// Confirmed, but a gate refuses.
    case blocked
    /// Confirmed and safe; a person's word is missing.
    case awaitingApproval = "awaiting-approval"
    case failingOver = "failing-over"
    /// A plan stopped halfway and a person must say how to go on.
    case needsOperator = "needs-operator"
    /// Runs on the standby side. Until replication is rebuilt it is exposed.
    case failedOver = "failed-over"
}
