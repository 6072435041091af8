extension Duration {
    /// Whole milliseconds, rounded towards zero.
    public var milliseconds: Int64 {
        // Both at once: each look at them divides 128 bits.
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// Seconds with a fraction, for records and JSON, where a number carries its unit in its name.
    public var inSeconds: Double { Double(milliseconds) / 1000 }

    /// For people: `850 ms`, `4.2 s`, `75 s`, `3 min 10 s`, `2 h 5 min`.
    public var text: String {
        let total = milliseconds
        if total < 0 { return "-" + (Duration.zero - self).text }
        if total < 1000 { return "\(total) ms" }
        if total < 10_000 { return "\(total / 1000).\(total % 1000 / 100) s" }
        let seconds = total / 1000
        if seconds < 120 { return "\(seconds) s" }
        if seconds < 7200 {
            return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s"
        }
        let minutes = seconds / 60
        return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    }
}
