/// A limit for each destination that has been spoken to.
actor RateLimits {
    private var rates: [Destination: AdaptiveRate] = [:]

    /// How long to wait before asking again; zero when the request may leave.
    func acquire(_ destination: Destination, now: Duration) -> Duration {
        guard var rate = rates[destination] else { return .zero }
        let wait = rate.acquire(now: now.inSeconds)
        rates[destination] = rate
        // A little more than reckoned: to be a nanosecond early would cost another turn.
        return wait > 0 ? .seconds(wait) + .milliseconds(1) : .zero
    }

    func learn(_ destination: Destination, throttled: Bool, now: Duration) {
        var rate = rates[destination] ?? AdaptiveRate(now: now.inSeconds)
        rate.learn(throttled: throttled, now: now.inSeconds)
        rates[destination] = rate
    }
}
