import Failover

/// Of INV10: whatever hangs, a process that runs asks for the lease in time.
struct LeaseRenewals {
    /// Nil where there is no lease.
    let ttl: Duration?
    /// When each process that runs last asked, or began.
    private var askedAt: [HostID: Timestamp] = [:]

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

    mutating func asked(_ host: HostID, at now: Timestamp) -> [String] {
        defer { askedAt[host] = now }
        return late(host, at: now)
    }

    func verdict(at end: Timestamp) -> [String] {
        askedAt.keys.sorted().flatMap { late($0, at: end) }
    }

    private func late(_ host: HostID, at now: Timestamp) -> [String] {
        guard let bound, let before = askedAt[host], now - before > bound else { return [] }
        return ["\(host) has not asked for the lease for \((now - before).text)"]
    }
}
