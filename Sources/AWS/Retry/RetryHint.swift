import HTTPTransport

/// How long the server asks to be left alone.
struct RetryHint: Sendable, Equatable {
    var wait: Duration
    /// How much longer than the wait of our own it may become.
    var most: Duration

    /// `x-amz-retry-after` in milliseconds, which AWS sends itself, or `Retry-After` in seconds or as a time,
    /// from whatever stands in between. Nil where there is none that can be read.
    init?(_ headers: HTTPHeaders, now: WallTime) {
        if let text = headers.first("x-amz-retry-after"), let milliseconds = Int(text), milliseconds >= 0 {
            // The clamp is botocore's: a server may slow us down, and not stop us.
            self.init(wait: .milliseconds(min(milliseconds, 1_000_000)), most: .seconds(5))
            return
        }
        guard let text = headers.first("Retry-After") else { return nil }
        if let seconds = Int(text), seconds >= 0 {
            self.init(wait: .seconds(min(seconds, 1000)), most: .seconds(20))
        } else if let time = WallTime(httpDate: text) {
            // By the server's own clock, where it tells it.
            let from = headers.first("Date").flatMap(WallTime.init(httpDate:)) ?? now
            self.init(wait: max(.zero, time.since(from)), most: .seconds(20))
        } else {
            return nil
        }
    }

    init(wait: Duration, most: Duration) {
        self.wait = wait
        self.most = most
    }

    /// Never shorter than the wait of our own.
    func applied(to own: Duration) -> Duration {
        max(own, min(wait, own + most))
    }
}
