import Failover
import Webhook

/// What `GET /metrics` tells beside the service's status.
public struct ServiceGauges: Sendable {
    /// Attempts of AWS calls since the start.
    public struct Calls: Sendable, Hashable {
        public var service: String
        public var operation: String
        /// The Region that was asked.
        public var region: String
        /// False for the first attempt of a call.
        public var isRetry: Bool
        /// `ok`, or AWS's error code.
        public var outcome: String
        public var count: Int
        public var seconds: Double

        public init(
            service: String, operation: String, region: String, isRetry: Bool, outcome: String, count: Int,
            seconds: Double
        ) {
            self.service = service
            self.operation = operation
            self.region = region
            self.isRetry = isRetry
            self.outcome = outcome
            self.count = count
            self.seconds = seconds
        }
    }

    /// When the decision loop last came round; nil before the first time.
    public var lastTurnAt: Timestamp?
    /// `poll_interval`.
    public var round: Duration
    public var calls: [Calls]
    /// Nil when there is no webhook.
    public var webhook: Counts?

    public init(lastTurnAt: Timestamp?, round: Duration, calls: [Calls], webhook: Counts?) {
        self.lastTurnAt = lastTurnAt
        self.round = round
        self.calls = calls
        self.webhook = webhook
    }
}

/// What the metrics are made from.
public protocol Measured: Sendable {
    func status() async -> ServiceStatus
    func gauges() async -> ServiceGauges
}
