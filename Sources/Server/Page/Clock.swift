import Failover

/// Times on the page: the clock's, in UTC, for the eye, and whole for a program. The script adds how long ago
/// that was, and the local time.
func time(_ instant: Timestamp, now: Timestamp, since: Bool = false) -> HTML {
    let (text, today) = (instant.description, now.description)
    let clock = text.dropFirst(11).prefix(8) + "Z"
    let shown = text.prefix(10) == today.prefix(10) ? String(clock) : "\(text.prefix(10)) \(clock)"
    let mark: HTML = since ? " data-since" : .nothing
    return #"<time datetime="\#(text)"\#(mark)>\#(shown)</time>"#
}

func seconds(_ value: Double) -> String { Duration.milliseconds(Int64(value * 1000)).text }
