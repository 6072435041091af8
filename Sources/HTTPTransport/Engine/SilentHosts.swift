/// Hosts that lately let a request run into its timeout, or could not be reached. Their idle connections may
/// be dead without a word (a partition, a failed load balancer), and each would cost the next request its
/// whole timeout; their addresses may be those of yesterday.
struct SilentHosts {
    /// More than there are hosts to talk to.
    private static let limit = 1024
    private var lastTimeout: [LaneKey: Duration] = [:]
    private var unreached: Set<LaneKey> = []

    /// None were silent lately, as nearly always.
    var isEmpty: Bool { lastTimeout.isEmpty }

    mutating func timedOut(_ key: LaneKey, at now: Duration) {
        if lastTimeout.count >= Self.limit { lastTimeout.removeAll() }
        lastTimeout[key] = now
    }

    /// No address of the host could be connected to: what its name stood for may have moved.
    mutating func notReached(_ key: LaneKey) {
        if unreached.count >= Self.limit { unreached.removeAll() }
        unreached.insert(key)
    }

    /// Whether the name has to be looked up anew, once.
    mutating func needsNewAddress(_ key: LaneKey) -> Bool {
        !unreached.isEmpty && unreached.remove(key) != nil
    }

    /// When the host let a request run into its timeout, if it was lately.
    func silence(_ key: LaneKey) -> Duration? { lastTimeout[key] }

    /// How long a connection may have been idle to be used again: since the timeout, at most. Under 1 s: not
    /// at all.
    mutating func maxIdle(_ key: LaneKey, now: Duration) -> Duration {
        guard let silence = lastTimeout[key] else { return Transfer.maxIdle }
        guard now - silence < Transfer.maxIdle else {
            lastTimeout[key] = nil
            return Transfer.maxIdle
        }
        // libcurl compares whole seconds, rounded down: one less, to be on the safe side.
        return now - silence - .seconds(1)
    }
}
