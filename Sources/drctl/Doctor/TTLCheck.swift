import Failover

/// Clients keep an answer for its TTL, and some for longer: no failover is over before that.
struct TTLCheck {
    /// The policy's; nil where nobody has said how long an outage may last.
    var recoveryTime: Duration?

    /// For whoever has not said: what Route 53's own documents advise for records with a health check.
    static let standard = Duration.seconds(60)
    /// Noticing, confirming and promoting take the other two thirds and more: docs/strategy.md counts them.
    static let parts = 3

    func findings(_ name: String, _ label: String, _ ttl: Int?) -> [Finding] {
        guard let seconds = ttl, .seconds(seconds) > limit else { return [] }
        let late = "\(label) has a TTL of \(seconds) s: clients follow that much later"
        let advice = "Use \(limit.components.seconds) s or less"
        guard let recoveryTime else { return [.warn(name, "\(late). \(advice)")] }
        let objective = "recovery_time is \(recoveryTime.text)"
        return .seconds(seconds) < recoveryTime
            ? [.warn(name, "\(late), and \(objective). \(advice)")]
            : [.fail(name, "\(late), which alone is longer than allowed: \(objective). \(advice)")]
    }

    private var limit: Duration { max(recoveryTime.map { $0 / Self.parts } ?? .zero, Self.standard) }
}
