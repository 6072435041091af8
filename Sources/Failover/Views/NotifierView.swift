/// How one notifier does, for `drctl status` and `GET /v1/status`. Nothing of it survives a restart.
public struct NotifierView: Sendable, Equatable, Codable {
    /// As in config.yaml.
    public var name: String
    /// `webhook`, `slack`, `pagerduty` or `email`.
    public var type: String
    /// Messages since the start that the other side took.
    public var delivered: Int
    /// Messages since the start that it did not take, however often they were tried.
    public var failed: Int
    /// Messages since the start that were never tried: too many waited.
    public var dropped: Int
    /// Messages that wait, the one that is being sent included.
    public var waiting: Int
    public var lastDeliveredAt: Timestamp?
    public var lastFailedAt: Timestamp?
    /// Why the newest message was not taken; nil once one is taken again.
    public var failure: String?

    public init(name: String, type: String) {
        self.name = name
        self.type = type
        delivered = 0
        failed = 0
        dropped = 0
        waiting = 0
    }

    /// What is wrong, in one sentence; nil while nothing is.
    public var trouble: String? {
        if let failure { return failure }
        return dropped > 0 ? "\(dropped) messages were dropped, too many waited" : nil
    }
}
