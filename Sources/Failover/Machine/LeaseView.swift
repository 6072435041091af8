/// The right to act, as this process sees it, where several hosts share a journal.
public struct LeaseView: Sendable, Equatable, Codable {
    /// Who holds it as far as is known, for people.
    public var holder: String
    /// The fencing epoch: raised by every acquisition, >= 1; 0 while none is known.
    public var epoch: Int
    /// Until when this process holds it, on this process's steady clock; nil while another one does, or
    /// nobody.
    public var validUntil: Timestamp?

    public init(holder: String, epoch: Int, validUntil: Timestamp?) {
        self.holder = holder
        self.epoch = epoch
        self.validUntil = validUntil
    }

    /// Held by this process now, and for `margin` more.
    public func isValid(at now: Timestamp, margin: Duration = .zero) -> Bool {
        validUntil.map { now + margin < $0 } ?? false
    }
}

/// Whether this process leads: it holds the lease, and has begun to act with what the journal held then.
struct Leadership: Sendable, Equatable {
    /// False on a single host: the journal's file lock is the lease.
    let needsLease: Bool
    private(set) var lease: LeaseView?
    /// `.started` has come since the lease was last without a gap ours.
    private(set) var hasStarted = false

    init(needsLease: Bool) { self.needsLease = needsLease }

    mutating func take(_ lease: LeaseView) { self.lease = lease }

    mutating func start(at now: Timestamp) { hasStarted = holdsLease(at: now) }

    /// A lease that ran out even for a moment may have been somebody else's in between: what they wrote has
    /// to be replayed first.
    mutating func look(at now: Timestamp) {
        hasStarted = hasStarted && holdsLease(at: now)
    }

    func holdsLease(at now: Timestamp, margin: Duration = .zero) -> Bool {
        !needsLease || (lease?.isValid(at: now, margin: margin) ?? false)
    }

    func leads(at now: Timestamp, margin: Duration = .zero) -> Bool {
        !needsLease || (hasStarted && holdsLease(at: now, margin: margin))
    }
}
