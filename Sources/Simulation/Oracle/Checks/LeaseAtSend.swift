import Failover

struct LeaseAtSend: Invariant {
    static let id = "INV2"
    static let rule =
        "No call that changes the estate leaves a host whose lease is not good at that moment, "
        + "no host takes a lease under which another one may still act, "
        + "and no record is taken from a host that another one has followed"

    private let premises: Premises

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        guard premises.isShared else { return lonely(happening, past) }
        switch happening.kind {
        case .mutation(let host, let mutation) where !mutation.tells:
            var found: [String] = []
            // An older holder is as bad as none: what it sends may cross what its follower sends.
            if let holder = mutation.trueHolder, holder != host {
                found.append("\(host) sends \(mutation.text), but the lease is \(holder)'s")
            }
            if mutation.leaseValidUntil.map({ $0 <= happening.at }) ?? true {
                let ended = mutation.leaseValidUntil.map { "ended at \($0)" } ?? "is not there"
                found.append("\(host) sends \(mutation.text), but its lease \(ended)")
            }
            return found
        case .lease(let holder, let epoch, let before?)
        where before.host != holder && before.mayActUntil > happening.at:
            return [
                "\(holder) takes lease \(epoch), and \(before.host) may act under the one before until "
                    + "\(before.mayActUntil)"
            ]
        case .record(let host, let record):
            guard let lease = past.lease, lease.holder != host else { return [] }
            return ["\(host) writes \(record.event.text), but lease \(lease.epoch) is \(lease.holder)'s"]
        default: return []
        }
    }

    /// One host: its journal's lock is the lease, and it dies with the process.
    private func lonely(_ happening: Happening, _ past: Chronicle) -> [String] {
        guard case .mutation(let host, let mutation) = happening.kind, !past.process(host).isRunning else {
            return []
        }
        return ["\(host) sends \(mutation.text), but its process has ended"]
    }
}
