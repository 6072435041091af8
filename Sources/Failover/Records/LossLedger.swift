/// What a failover may have lost, as it was known at the decision: kept until a person has dealt with it.
public struct LossLedger: Sendable, Equatable, Codable {
    /// Which failover of the workload.
    public var failover: Int
    public var at: Timestamp
    /// `maximum_data_loss` at that time, in seconds.
    public var limitSeconds: Double
    /// The worst of all databases, in seconds; nil when it is not known of each.
    public var predictedLossSeconds: Double?
    /// Who accepted a loss that is over the limit or unknown, and why; nil when nobody had to.
    public var acceptedBy: String?
    public var acceptedBecause: String?
    public var databases: [Entry]

    public struct Entry: Sendable, Equatable, Codable {
        public var database: DatabaseID
        /// Seconds, as sampled; nil when the lag was not known, as all that follows from it.
        public var lagSeconds: Double?
        public var sampledAt: Timestamp?
        /// How old the sample was at the decision, in seconds.
        public var ageSeconds: Double?
        /// The primary's time up to which the replica had surely applied.
        public var appliedUpTo: Timestamp?
        /// Seconds of the primary's commits that may be lost.
        public var predictedLossSeconds: Double?
        /// Where in its log the replica was known to be (an LSN), and where the primary was last seen; nil
        /// where nobody asked.
        public var replicaPosition: String?
        public var primaryPosition: String?
        public var primaryPositionAt: Timestamp?

        public init(
            database: DatabaseID, lagSeconds: Double? = nil, sampledAt: Timestamp? = nil,
            ageSeconds: Double? = nil, appliedUpTo: Timestamp? = nil, predictedLossSeconds: Double? = nil,
            replicaPosition: String? = nil, primaryPosition: String? = nil,
            primaryPositionAt: Timestamp? = nil
        ) {
            self.database = database
            self.lagSeconds = lagSeconds
            self.sampledAt = sampledAt
            self.ageSeconds = ageSeconds
            self.appliedUpTo = appliedUpTo
            self.predictedLossSeconds = predictedLossSeconds
            self.replicaPosition = replicaPosition
            self.primaryPosition = primaryPosition
            self.primaryPositionAt = primaryPositionAt
        }
    }

    public init(
        failover: Int, at: Timestamp, limitSeconds: Double, predictedLossSeconds: Double?,
        acceptedBy: String? = nil, acceptedBecause: String? = nil, databases: [Entry]
    ) {
        self.failover = failover
        self.at = at
        self.limitSeconds = limitSeconds
        self.predictedLossSeconds = predictedLossSeconds
        self.acceptedBy = acceptedBy
        self.acceptedBecause = acceptedBecause
        self.databases = databases
    }
}

extension Situation {
    /// Frozen with the plan, and again when a person resumes it before its promotion: what is known now is
    /// all that will ever be known of the old primary, if it does not come back.
    func ledger(for plan: Plan) -> LossLedger {
        let entries = zip(databases, inquiries).map { assessment, inquiry in
            let (lag, last) = (assessment.lag, inquiry.lastPosition)
            return LossLedger.Entry(
                database: assessment.database, lagSeconds: lag?.lagSeconds, sampledAt: lag?.sampledAt,
                ageSeconds: lag.map { (now - $0.sampledAt).inSeconds }, appliedUpTo: lag?.appliedUpTo,
                predictedLossSeconds: lag?.lossSeconds, replicaPosition: inquiry.replicaPosition,
                primaryPosition: last?.position, primaryPositionAt: last?.at)
        }
        let losses = databases.compactMap { $0.lag?.lossSeconds }
        let loss = losses.count == databases.count ? losses.max() : nil
        let isOver = loss.map { $0 > policy.maximumDataLoss.inSeconds } ?? true
        var ledger = LossLedger(
            failover: plan.epoch, at: now, limitSeconds: policy.maximumDataLoss.inSeconds,
            predictedLossSeconds: loss, databases: entries)
        if isOver, let request, request.verb == .resume, request.overrides.contains(.lag) {
            (ledger.acceptedBy, ledger.acceptedBecause) = (request.by, request.reason)
        } else if isOver, case .manual(let by, let reason, _) = plan.origin {
            (ledger.acceptedBy, ledger.acceptedBecause) = (by, reason)
        }
        return ledger
    }
}
