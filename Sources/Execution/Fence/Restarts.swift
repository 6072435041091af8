import Failover

/// Which old writers were restarted behind closed groups, and not seen to answer since: a fence that is tried
/// again need not restart them again, and one restart can take longer than one try. A process remembers its
/// own; the next one restarts once more.
public actor Restarts {
    private var made: Set<FenceAction> = []

    public init() {}

    func contains(_ fence: FenceAction) -> Bool { made.contains(fence) }
    func note(_ fence: FenceAction) { made.insert(fence) }
    /// Somebody may have come in since.
    func forget(_ fence: FenceAction) { made.remove(fence) }
}
