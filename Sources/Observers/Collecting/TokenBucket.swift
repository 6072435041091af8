import Failover

/// What may be spent: so much at once, and so much more with time.
struct TokenBucket: Sendable {
    private let capacity: Double
    private let perSecond: Double
    private var level: Double
    private var filledAt: Timestamp?

    /// It begins full.
    init(capacity: Double, perSecond: Double) {
        self.capacity = capacity
        self.perSecond = perSecond
        level = capacity
    }

    /// False, and nothing is taken, when there is not enough.
    mutating func take(_ amount: Double, at now: Timestamp) -> Bool {
        fill(until: now)
        guard level >= amount else { return false }
        level -= amount
        return true
    }

    /// Takes it in any case, into debt if need be.
    mutating func takeAnyway(_ amount: Double, at now: Timestamp) {
        fill(until: now)
        level -= amount
    }

    /// How long until there is so much; zero when there is.
    mutating func wait(for amount: Double, at now: Timestamp) -> Duration {
        fill(until: now)
        // What is more than all of it has to go into debt.
        let missing = min(amount, capacity) - level
        return missing <= 0 ? .zero : .seconds(missing / perSecond)
    }

    mutating func isInDebt(at now: Timestamp) -> Bool {
        fill(until: now)
        return level < 0
    }

    /// A clock that stands still, or one that the caller read a moment earlier, fills nothing.
    private mutating func fill(until now: Timestamp) {
        if let filledAt, now > filledAt {
            level = min(capacity, level + (now - filledAt).inSeconds * perSecond)
        }
        filledAt = max(filledAt ?? now, now)
    }
}
