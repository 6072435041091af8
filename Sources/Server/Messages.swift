import Failover
import Journal

/// `GET /v1/status`.
public struct ServiceStatus: Sendable, Codable {
    public var version: String
    public var region: Region
    public var configurationDigest: String
    public var now: Timestamp
    public var startedAt: Timestamp
    /// When the last round over all workloads ended; nil before the first.
    public var lastRoundAt: Timestamp?
    /// Why the journal takes no records; nil while all is well.
    public var journalFault: String?
    /// Who leads, where several hosts share a journal: this one until `validUntil`, or else `holder`. Nil for
    /// a host that is alone.
    public var lease: LeaseView?
    public var workloads: [WorkloadView]
    /// Who is told besides SNS; left out by versions that tell nobody else.
    public var notifiers: [NotifierView]?

    public init(
        version: String, region: Region, configurationDigest: String, now: Timestamp, startedAt: Timestamp,
        lastRoundAt: Timestamp?, journalFault: String?, lease: LeaseView? = nil, workloads: [WorkloadView],
        notifiers: [NotifierView]? = nil
    ) {
        self.version = version
        self.region = region
        self.configurationDigest = configurationDigest
        self.now = now
        self.startedAt = startedAt
        self.lastRoundAt = lastRoundAt
        self.journalFault = journalFault
        self.lease = lease
        self.workloads = workloads
        self.notifiers = notifiers
    }
}

/// `POST /v1/workloads/{id}/dry-run`.
public struct DryRunReport: Sendable, Codable {
    public var dryRun: DryRun
    /// The AWS calls of each step, in order.
    public var calls: [StepCalls]
    /// How long the evidence had been gathered, for a look without a running service: seconds; nil for the
    /// service.
    public var lookedForSeconds: Double?

    public struct StepCalls: Sendable, Codable {
        public var step: StepID
        public var calls: [PlannedCall]

        public init(step: StepID, calls: [PlannedCall]) {
            self.step = step
            self.calls = calls
        }
    }

    public init(dryRun: DryRun, calls: [StepCalls], lookedForSeconds: Double? = nil) {
        self.dryRun = dryRun
        self.calls = calls
        self.lookedForSeconds = lookedForSeconds
    }
}

/// `POST /v1/workloads/{id}/requests`.
public struct RequestAnswer: Sendable, Codable {
    public var accepted: Bool
    /// Whether it has been recorded is not known; if it has, it counts. Nil when it is.
    public var inDoubt: Bool?
    /// Answered before, to a request with the same key; nil when it was not.
    public var repeated: Bool?
    public var message: String

    public init(accepted: Bool, inDoubt: Bool? = nil, repeated: Bool? = nil, message: String) {
        self.accepted = accepted
        self.inDoubt = inDoubt
        self.repeated = repeated
        self.message = message
    }
}

/// One line of `GET /v1/history`.
public struct HistoryEntry: Sendable, Codable {
    public var sequence: Int64
    public var record: Record

    public init(_ entry: Entry) {
        sequence = entry.sequence
        record = entry.record
    }
}

/// The body of every answer that is not 2xx.
public struct Refusal: Sendable, Codable {
    public var error: String

    public init(error: String) { self.error = error }
}
