import Failover

/// Which old writers were restarted behind closed groups, and not seen to answer since: a fence that is tried
/// again need not restart them again, and one restart can take longer than one try. A process remembers its
/// own; the next one restarts once more.
public actor Restarts {
    private var made: [FenceAction: Timestamp] = [:]

    /// Longer than a restart takes and the pause between two tries (15 min). Another host may have led since,
    /// and seen the doors open and close.
    static let lifetime = Duration.seconds(3600)

    public init() {}

    func contains(_ fence: FenceAction, at now: Timestamp) -> Bool {
        made[fence].map { now - $0 < Self.lifetime } ?? false
    }

    func note(_ fence: FenceAction, at now: Timestamp) { made[fence] = now }

    /// Somebody may have come in since.
    func forget(_ fence: FenceAction) { made[fence] = nil }
}
