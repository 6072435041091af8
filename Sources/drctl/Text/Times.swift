import Failover

/// `03:12:04Z`, with the date in front when it is not today's.
func clockText(_ instant: Timestamp, now: Timestamp) -> String {
    let (text, today) = (instant.description, now.description)
    let time = text.dropFirst(11).prefix(8) + "Z"
    return text.prefix(10) == today.prefix(10) ? String(time) : "\(text.prefix(10)) \(time)"
}

/// `8 min ago`.
func agoText(_ instant: Timestamp, now: Timestamp) -> String {
    let age = now - instant
    return age < .seconds(1) ? "just now" : "\(age.text) ago"
}

func secondsText(_ seconds: Double) -> String { Duration.milliseconds(Int64(seconds * 1000)).text }
