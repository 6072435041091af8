import Failover

/// What a notifier sends: a notice, the daily heartbeat, or a test.
public struct Bulletin: Sendable, Equatable {
    public enum Urgency: String, Sendable, Codable {
        /// As PagerDuty calls them.
        case info, warning, error, critical
    }

    /// What it means to an incident that is open elsewhere.
    public enum Stage: String, Sendable {
        case opens
        /// Somebody is at work on it.
        case underWay
        case ends
        /// Nothing.
        case none
    }

    /// Unique; the same for a repetition.
    public var id: String
    /// A notice's kind, `heartbeat` or `test`.
    public var kind: String
    /// Nil for drctl as a whole.
    public var workload: WorkloadID?
    /// The failover that it belongs to, or that this outage would become; nil when none is concerned.
    public var failover: Int?
    public var at: Timestamp
    /// One line of printable ASCII, under 100 characters.
    public var subject: String
    /// One line: what happened.
    public var headline: String
    /// For people, in lines; without control characters.
    public var text: String
    /// Relative to the project.
    public var runbook: String?
    public var urgency: Urgency
    public var stage: Stage

    /// One incident a failover, or one a workload for those of versions that did not count.
    public var incident: String {
        let name = workload?.rawValue ?? kind
        return failover.map { "drctl/\(name)/\($0)" } ?? "drctl/\(name)"
    }

    /// Messages were dropped before this one, and the reader is told.
    func noting(dropped: Int) -> Bulletin {
        guard dropped > 0 else { return self }
        var message = self
        let what = dropped == 1 ? "An earlier message was" : "\(dropped) earlier messages were"
        message.text += "\n\n\(what) dropped: too many waited. drctl history has everything."
        return message
    }
}

extension Bulletin {
    public init(_ notice: Notice) {
        self.init(
            id: notice.id, kind: notice.kind.rawValue, workload: notice.workload, failover: notice.failover,
            at: notice.at, subject: NoticeText(notice).subject,
            headline: notice.headline.oneLine(limit: 2000),
            // Each channel has its own way to link to the runbook.
            text: NoticeText.prose(notice, runbook: nil), runbook: notice.runbook,
            urgency: notice.kind.urgency,
            stage: notice.kind.stage)
    }

    /// Proves a notifier's way, and asks for nothing.
    public static func test(at now: Timestamp, by user: String) -> Bulletin {
        let headline = "test message, sent by \(user.oneLine(limit: 100))"
        return Bulletin(
            id: "test-\(now.milliseconds)", kind: "test", workload: nil, failover: nil, at: now,
            subject: NoticeText.subject(headline), headline: headline,
            text: "drctl: \(headline).\n\nNothing is wrong, and nothing is to be done. At \(now).",
            runbook: nil, urgency: .info, stage: .none)
    }
}

extension Notice.Kind {
    var urgency: Bulletin.Urgency {
        switch self {
        case .confirmed, .blocked, .approvalNeeded, .started, .failed, .needsOperator: .critical
        case .completed: .error
        case .suspected, .exposed: .warning
        case .cleared, .step, .fenced, .protected, .held, .released: .info
        }
    }

    var stage: Bulletin.Stage {
        switch self {
        case .suspected, .confirmed, .blocked, .approvalNeeded, .started, .failed, .needsOperator, .completed,
            .exposed:
            .opens
        // Somebody has placed a hold and knows; a plan that goes on is drctl at work.
        case .held, .step: .underWay
        case .cleared, .protected: .ends
        case .fenced, .released: .none
        }
    }
}
