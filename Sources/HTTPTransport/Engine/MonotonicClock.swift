import CCurl

/// The clock that libcurl's own timers run on. The engine needs it for the one span that libcurl does not
/// see, the wait in line; nothing that is decided or written down depends on it.
enum MonotonicClock {
    static func now() -> Duration {
        var time = timespec()
        _ = clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}

extension Duration {
    /// Rounded up, and within what libcurl takes: 0 would mean "no limit" to it, and more than Int32.max is
    /// refused.
    var curlMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < Int64(Int32.max / 1000) else { return Int(Int32.max) }
        let partial = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return max(1, Int(seconds) * 1000 + Int(partial))
    }
}
