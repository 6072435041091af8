import Failover

/// AWS refuses signatures that are 5 min off. The worst Region is named: all of AWS agrees with itself.
struct ClockCheck {
    /// How far each Region's clock is ahead of ours.
    var offsets: [Region: Duration]

    static let failing = Duration.seconds(240)
    /// Ages of samples are judged to the second, and a clock that NTP keeps is closer than that. What AWS
    /// says has whole seconds.
    static let doubtful = Duration.seconds(5)

    var finding: Finding {
        let name = "clock"
        let sizes = offsets.mapValues { $0 < .zero ? .zero - $0 : $0 }
        guard let (region, size) = sizes.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
            return .warn(name, "cannot be compared: no Region answers")
        }
        let offset = offsets[region] ?? .zero
        let relation = offset < .zero ? "ahead of" : "behind"
        let text = "\(size.text) \(relation) AWS in \(region)"
        if size > Self.failing {
            return .fail(name, "\(text), which refuses signatures beyond 5 min: set this host's clock (NTP)")
        }
        if size > Self.doubtful {
            return .warn(
                name, "\(text): samples look older or newer than they are. Set this host's clock (NTP)")
        }
        return .ok(name, size < .seconds(2) ? "agrees with AWS" : text)
    }
}
