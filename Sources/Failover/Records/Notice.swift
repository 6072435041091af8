/// Something that people are told.
public struct Notice: Sendable, Equatable, Codable {
    /// Unique within the journal, so that a notice is not lost and a repeat can be recognised.
    public var id: String
    public var kind: Kind
    public var workload: WorkloadID
    public var at: Timestamp
    /// One line: what happened.
    public var headline: String
    /// For people: what it means and what to do next.
    public var body: String
    /// The runbook that fits, relative to the project: `runbooks/blocked-failover.md`.
    public var runbook: String?
    /// Topics in the order in which to try them: the surviving Region first.
    public var topics: [Topic]
    /// The number of the failover that it belongs to, or that this outage would become; nil in records of
    /// versions that did not say.
    public var failover: Int?

    public enum Kind: String, Sendable, Codable, CaseIterable {
        case suspected, cleared, confirmed, blocked, approvalNeeded = "approval-needed", started, step,
            completed
        case failed, needsOperator = "needs-operator", fenced, exposed, protected, held, released
    }

    public init(
        id: String, kind: Kind, workload: WorkloadID, at: Timestamp, headline: String, body: String,
        runbook: String?, topics: [Topic], failover: Int? = nil
    ) {
        self.id = id
        self.kind = kind
        self.workload = workload
        self.at = at
        self.headline = headline
        self.body = body
        self.runbook = runbook
        self.topics = topics
        self.failover = failover
    }
}

/// How one topic, or one notifier, took a notice.
public struct Delivery: Sendable, Equatable, Codable {
    /// For a notifier that is no topic: `notifier:NAME` as its ARN, in no Region.
    public var topic: Topic
    /// The SNS message id, or what a notifier's receiver answered; nil when it failed.
    public var messageID: String?
    /// Why it failed; nil when it did not.
    public var failure: String?

    public init(topic: Topic, messageID: String?, failure: String?) {
        self.topic = topic
        self.messageID = messageID
        self.failure = failure
    }

    public init(notifier: String, messageID: String?, failure: String?) {
        self.init(
            topic: Topic(region: "", arn: Self.mark + notifier), messageID: messageID, failure: failure)
    }

    private static let mark = "notifier:"

    /// The notifier's name; nil for a topic.
    public var notifier: String? {
        topic.arn.hasPrefix(Self.mark) ? String(topic.arn.dropFirst(Self.mark.count)) : nil
    }
}
