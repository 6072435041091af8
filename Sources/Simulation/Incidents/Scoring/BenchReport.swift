import Failover

/// The bench as JSON: see docs/json.md.
public struct IncidentReport: Sendable, Encodable {
    public var policies: [PolicySummary]
    public var timelines: [Timeline]

    public struct Timeline: Sendable, Encodable {
        public var id: String
        public var title: String
        public var source: String
        /// Whether a failover is right for any workload.
        public var failoverIsRight: Bool
        /// From complete evidence to drctl's decision, and the most that may be.
        public var delaySeconds: Double?
        public var allowanceSeconds: Double
        public var results: [Result]
    }

    public struct Result: Sendable, Encodable {
        public var policy: String
        public var outcome: IncidentResult.Outcome
        public var tookSeconds: Double?
        public var predictedLossSeconds: Double?
        public var trueLossSeconds: Double?
        public var failovers: [Failover]
    }

    public struct Failover: Sendable, Encodable {
        public var workload: String
        public var atSeconds: Double
    }

    public init(_ bench: IncidentBench) {
        policies = bench.summaries
        timelines = bench.rows.map { row in
            Timeline(
                id: row.incident.id, title: row.incident.title, source: row.incident.source,
                failoverIsRight: row.incident.workloads.contains { $0.label.isRight },
                delaySeconds: row.delay?.inSeconds, allowanceSeconds: row.allowance.inSeconds,
                results: zip(IncidentBench.policies, row.results).map { policy, result in
                    Result(
                        policy: policy.name, outcome: result.outcome, tookSeconds: result.took?.inSeconds,
                        predictedLossSeconds: result.predictedLoss?.inSeconds,
                        trueLossSeconds: result.trueLoss?.inSeconds,
                        failovers: result.calls.map {
                            Failover(workload: $0.workload, atSeconds: $0.at.inSeconds)
                        })
                })
        }
    }
}
