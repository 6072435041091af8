/// How far the clocks of the hosts that complained are ahead of this machine's. Used for signing and nothing
/// else: no lease and no lag may be reckoned with a clock that a server can move.
actor ClockOffsets {
    /// A signature that is refused for a code with several meanings is blamed on the clock only when it is
    /// off by this much: AWS accepts about 5 min.
    static let doubtfulThreshold = Duration.seconds(240)

    private var offsets: [String: Duration] = [:]

    func offset(host: String) -> Duration {
        offsets[host] ?? .zero
    }

    /// Learns from the `Date` header of a refusal. False when that explains nothing new.
    func learn(host: String, serverTime: WallTime, localTime: WallTime, certain: Bool) -> Bool {
        let offset = serverTime.since(localTime)
        let change = offset - (offsets[host] ?? .zero)
        let size = change < .zero ? .zero - change : change
        // Below two seconds the correction would change nothing, since the header has whole seconds.
        guard size >= (certain ? .seconds(2) : Self.doubtfulThreshold) else { return false }
        offsets[host] = offset
        return true
    }
}
