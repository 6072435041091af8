/// How failed attempts are repeated: the standard mode of the AWS SDKs.
public struct RetryPolicy: Sendable, Equatable {
    /// At least 1; the first attempt counts.
    public var maxAttempts: Int
    /// No wait is longer.
    public var maxBackoff: Duration

    /// 3 attempts and 20 s are the standard mode's own figures (botocore 1.43.11).
    public init(maxAttempts: Int = 3, maxBackoff: Duration = .seconds(20)) {
        self.maxAttempts = max(1, maxAttempts)
        self.maxBackoff = maxBackoff
    }

    /// Takes over `AWS_MAX_ATTEMPTS`, or the profile's `max_attempts`, where it is a whole number from 1.
    public init(_ surroundings: Surroundings, profile: Profile? = nil) {
        self.init()
        let text = surroundings.variable("AWS_MAX_ATTEMPTS") ?? profile?.values["max_attempts"]
        if let attempts = text.flatMap(Int.init), attempts >= 1 { maxAttempts = attempts }
    }

    /// The wait before retry number `retry`, counted from one: a random part of 1 s, 2 s, 4 s, … up to the
    /// bound. Full jitter, so that many clients that fail together do not come back together.
    func backoff(retry: Int, random: Double) -> Duration {
        let ceiling = min(Double(1 << min(max(retry - 1, 0), 30)), maxBackoff.inSeconds)
        return .seconds(random * ceiling)
    }
}
