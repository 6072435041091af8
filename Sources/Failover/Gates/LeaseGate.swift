extension GateID { public static let lease: GateID = "lease" }

extension Gate {
    /// Two controllers that both act are two writers.
    static let lease = Gate(
        .lease, .authorised, override: .never, asks: "this host holds the lease, where there is one"
    ) { situation in
        let (leadership, now) = (situation.surroundings.leadership, situation.now)
        guard leadership.needsLease else { return situation.open("one host, no lease needed") }
        guard let lease = leadership.lease else {
            return situation.closed("nothing is known of the lease yet")
        }
        guard let end = lease.validUntil, now < end else {
            return situation.closed("held by \(lease.holder) (epoch \(lease.epoch))")
        }
        guard leadership.leads(at: now) else {
            return situation.closed("just taken over (epoch \(lease.epoch)); the journal is read first")
        }
        return situation.open("held by this host (epoch \(lease.epoch))")
    }
}
