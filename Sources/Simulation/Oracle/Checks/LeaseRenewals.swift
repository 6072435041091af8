import Failover

/// Of INV10: whatever hangs, a process that holds the lease asks for it in time. One that cannot use the
/// journal does not ask for it: another host had better lead.
struct LeaseRenewals {
    /// Nil where there is no lease.
    let ttl: Duration?
    /// When each process that runs last asked, or began.
    private var askedAt: [HostID: Timestamp] = [:]
    /// Nil before the first one, when every host should ask.
    private var holder: HostID?
    private var hasGivenUp: Set<HostID> = []

    init(ttl: Duration?) { self.ttl = ttl }

    /// A third of the ttl is between two renewals, another third is waited for an answer: whoever takes
    /// longer than both is held up by something else.
    private var bound: Duration? { ttl.map { $0 / 3 * 2 } }

    mutating func take(_ host: HostID, _ event: Happening.HostEvent, at now: Timestamp) {
        switch event {
        case .started, .resumed: askedAt[host] = now
        case .crashed, .paused, .stopped: askedAt[host] = nil
        }
    }

    mutating func taken(by host: HostID) {
        holder = host
        hasGivenUp.remove(host)
    }

    /// A host says why it leaves the lease to others.
    mutating func said(_ host: HostID, _ text: String) {
        if text.hasPrefix("the lease is given up") { hasGivenUp.insert(host) }
    }

    mutating func asked(_ host: HostID, at now: Timestamp) -> [String] {
        defer {
            askedAt[host] = now
            hasGivenUp.remove(host)
        }
        return late(host, at: now)
    }

    func verdict(at end: Timestamp) -> [String] {
        askedAt.keys.sorted().flatMap { late($0, at: end) }
    }

    private func late(_ host: HostID, at now: Timestamp) -> [String] {
        guard let bound, let before = askedAt[host], now - before > bound, holder == nil || holder == host,
            !hasGivenUp.contains(host)
        else { return [] }
        return ["\(host) has not asked for the lease for \((now - before).text)"]
    }
}
