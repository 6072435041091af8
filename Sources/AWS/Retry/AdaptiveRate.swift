/// The limit that a client puts on itself, for one destination, once AWS has throttled it there: adaptive
/// mode of botocore 1.43.127, `retries/adaptive.py` and `retries/bucket.py`. Times are seconds on a steady
/// clock.
struct AdaptiveRate: Sendable {
    /// Slow, but never so slow that a recovery goes unnoticed.
    private static let slowest = 0.5

    /// False until the first throttling: before that nothing is held back.
    private(set) var isOn = false
    /// Requests a second.
    private(set) var rate: Double
    private var capacity = 1.0
    private var tokens = 0.0
    private var filledAt: Double
    private var curve: CubicRate
    private var measured: MeasuredRate

    init(now: Double) {
        rate = 1
        filledAt = now
        curve = CubicRate(now: now)
        measured = MeasuredRate(now: now)
    }

    /// Takes leave to send, and gives how long to wait before asking again; zero for leave given.
    mutating func acquire(now: Double) -> Double {
        guard isOn else { return 0 }
        refill(now)
        guard tokens < 1 else {
            tokens -= 1
            return 0
        }
        return (1 - tokens) / rate
    }

    /// Learns from an answer.
    mutating func learn(throttled: Bool, now: Double) {
        let measured = self.measured.record(now: now)
        var next: Double
        if throttled {
            next = curve.afterThrottling(rate: isOn ? min(measured, rate) : measured, now: now)
            isOn = true
        } else {
            next = curve.afterSuccess(now: now)
        }
        // The curve may run ahead of what is really sent.
        next = min(next, 2 * measured)
        refill(now)
        rate = max(next, Self.slowest)
        capacity = max(next, 1)
        tokens = min(tokens, capacity)
    }

    private mutating func refill(_ now: Double) {
        tokens = min(capacity, tokens + (now - filledAt) * rate)
        filledAt = now
    }
}
