import Failover

/// Of INV10: whatever hangs, a process that holds the lease asks for it in time. One that cannot use the
/// journal does not ask for it: another host had better lead.
struct LeaseRenewals {
    /// Nil where there is no lease.
    let ttl: Duration?
    /// When each process that runs last asked, or began.
    private var askedAt: [HostID: Timestamp] = [:]
    /// The process that has taken the lease, while it has not left it to others.
    private var holder: HostID?

    init(ttl: Duration?) { self.ttl = ttl }

    /// A third of the ttl is between two renewals, another third is waited for an answer: whoever takes
    /// longer than both is held up by something else.
    private var bound: Duration? { ttl.map { $0 / 3 * 2 } }

    mutating func take(_ host: HostID, _ event: Happening.HostEvent, at now: Timestamp) {
        switch event {
        case .started, .resumed: askedAt[host] = now
        case .crashed, .stopped:
            askedAt[host] = nil
            // The next process takes it anew.
            if holder == host { holder = nil }
        case .paused: askedAt[host] = nil
        }
    }

    mutating func taken(by host: HostID) { holder = host }

    /// What a host says when it leads no longer, or does not want to although the table names it.
    private static let leaving = ["the lease is given up", "lease lost", "this host does not lead"]

    /// Until it has the lease again it need not ask in time. Whether it had until then is judged here.
    mutating func said(_ host: HostID, _ text: String, at now: Timestamp) -> [String] {
        guard holder == host, Self.leaving.contains(where: text.contains) else { return [] }
        defer { holder = nil }
        return late(host, at: now)
    }

    mutating func asked(_ host: HostID, at now: Timestamp) -> [String] {
        defer { askedAt[host] = now }
        return late(host, at: now)
    }

    func verdict(at end: Timestamp) -> [String] {
        askedAt.keys.sorted().flatMap { late($0, at: end) }
    }

    private func late(_ host: HostID, at now: Timestamp) -> [String] {
        guard let bound, let before = askedAt[host], now - before > bound, holder == host else {
            return []
        }
        return ["\(host) has not asked for the lease for \((now - before).text)"]
    }
}
