import AWS
import Failover

/// The replica's lag, from CloudWatch of the standby's Region: the only one that has it, and the one that is
/// there when the primary's is not.
public struct ReplicationLagObserver: Observer {
    public let name = "replication-lag"
    public let context: ObserverContext

    /// A quarter of an hour of samples: enough for a person to see where the lag was going.
    static let maxSamples = 15

    public init(context: ObserverContext) {
        self.context = context
    }

    private struct Target: Sendable {
        var question: Question
        /// In order of preference.
        var metrics: [LagMetric]
    }

    public func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand] {
        var byRegion: [Region: [Target]] = [:]
        for workload in workloads {
            for database in workload.databases {
                let question = Question(workload: workload.id, database: database.id, slot: .replication)
                byRegion[database.standby.region, default: []].append(
                    Target(question: question, metrics: LagMetric.all(of: database)))
            }
        }
        return byRegion.sorted { $0.key < $1.key }.flatMap { region, targets in
            Self.batches(of: targets).map { errand(region, $0) }
        }
    }

    /// As many databases a call as their metrics allow.
    private static func batches(of targets: [Target]) -> [[Target]] {
        var batches: [[Target]] = []
        var room = 0
        for target in targets {
            if room < target.metrics.count {
                batches.append([])
                room = MetricQuery.batch
            }
            batches[batches.count - 1].append(target)
            room -= target.metrics.count
        }
        return batches
    }

    private func errand(_ region: Region, _ targets: [Target]) -> Errand {
        let source = "CloudWatch \(region)"
        let queries = Set(targets.flatMap { $0.metrics.map(\.query) })
        return Errand(
            source: source, vantage: region.rawValue, questions: targets.map(\.question),
            limit: context.errandLimit,
            expenses: [context.metricsExpense(queries.count, region: region.rawValue)]
        ) {
            let asked = await context.series(
                of: queries.sorted {
                    ($0.resource, $0.name, $0.further.count) < ($1.resource, $1.name, $1.further.count)
                },
                region: region.rawValue)
            guard let asked else { return [] }
            return targets.map { target in
                target.question.observed(
                    .replication(reading: Self.reading(target.metrics, in: asked)), source: source,
                    vantage: region.rawValue, at: asked.at)
            }
        }
    }

    /// The first metric that has samples; otherwise why the preferred one has none.
    static func reading(
        _ metrics: [LagMetric], in asked: MetricAnswers
    ) -> Reading<[LagSample]> {
        var absence: Unanswered?
        for metric in metrics {
            let series = asked[metric.query]
            guard series.samples.isEmpty else {
                return .known(value: series.samples.prefix(maxSamples).map(metric.lag))
            }
            absence = absence ?? series.absence
        }
        let why = absence ?? MetricSeries().absence
        return .unknown(reason: why.reason, detail: why.detail)
    }
}
