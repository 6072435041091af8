/// How failed attempts are repeated: the standard mode of the AWS SDKs.
public struct RetryPolicy: Sendable, Equatable {
    public enum Mode: String, Sendable {
        case standard
        /// Also holds requests back once AWS has throttled them, so that many callers settle at a rate that
        /// AWS accepts. For what polls a lot; a lone call may wait longer than it need.
        case adaptive
    }

    public var mode: Mode
    /// At least 1; the first attempt counts.
    public var maxAttempts: Int
    /// No wait is longer.
    public var maxBackoff: Duration

    /// 3 attempts and 20 s are the standard mode's own figures (botocore 1.43.127).
    public init(maxAttempts: Int = 3, maxBackoff: Duration = .seconds(20), mode: Mode = .standard) {
        self.mode = mode
        self.maxAttempts = max(1, maxAttempts)
        self.maxBackoff = maxBackoff
    }

    /// Takes over `AWS_MAX_ATTEMPTS`, or the profile's `max_attempts`, where it is a whole number from 1, and
    /// `AWS_RETRY_MODE`, or `retry_mode`; the mode `legacy` of older tools is standard here.
    public init(_ surroundings: Surroundings, profile: Profile? = nil) {
        self.init()
        let text = surroundings.variable("AWS_MAX_ATTEMPTS") ?? profile?.values["max_attempts"]
        if let attempts = text.flatMap(Int.init), attempts >= 1 { maxAttempts = attempts }
        let name = surroundings.variable("AWS_RETRY_MODE") ?? profile?.values["retry_mode"]
        mode = name.flatMap { Mode(rawValue: $0.lowercased()) } ?? .standard
    }

    /// The wait before retry number `retry`, counted from one: a random part of 1 s, 2 s, 4 s, … up to the
    /// bound. Full jitter, so that many clients that fail together do not come back together.
    func backoff(retry: Int, random: Double) -> Duration {
        let ceiling = min(Double(1 << min(max(retry - 1, 0), 30)), maxBackoff.inSeconds)
        return .seconds(random * ceiling)
    }
}
