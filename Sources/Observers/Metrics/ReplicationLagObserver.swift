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

    /// What the first metric says that there is, wherever it is published. A lesser one counts where the
    /// better is truly absent: not where AWS could not look, and not because it is fresher. Without its
    /// primary the storage may show a lag of nothing for what users committed and have lost.
    static func reading(
        _ metrics: [LagMetric], in asked: MetricAnswers
    ) -> Reading<[LagSample]> {
        for name in LagMetric.names(of: metrics) {
            let same = metrics.filter { $0.query.name == name }
            let places = same.map { metric in asked[metric.query].samples.map(metric.lag) }
            let samples = worstOfEachTime(places)
            guard samples.isEmpty else { return .known(value: Array(samples.prefix(maxSamples))) }
            if let failure = same.lazy.compactMap({ asked[$0.query].failure }).first {
                return .unknown(reason: failure.reason, detail: failure.detail)
            }
        }
        let why = MetricSeries().absence
        return .unknown(reason: why.reason, detail: why.detail)
    }

    /// How much later than another a place may publish the same moment, before it counts as one that has
    /// stopped: some minutes' samples.
    private static let patience = Duration.seconds(180)

    /// Newest first; where two places disagree about a moment, the one that makes the replica look worse. One
    /// that says that nothing is replicated is worse than any number. A moment that one place has yet to tell
    /// of is left out: what was once believed to be applied is not taken back by its worse number.
    private static func worstOfEachTime(_ places: [[LagSample]]) -> [LagSample] {
        let newest = places.compactMap { $0.map(\.sampledAt).max() }
        guard let last = newest.max() else { return [] }
        let known = newest.filter { last - $0 <= patience }.min() ?? last
        return Dictionary(places.joined().map { ($0.sampledAt, $0) }) { one, other in
            guard let lag = one.lagSeconds, let otherLag = other.lagSeconds else {
                return one.lagSeconds == nil ? one : other
            }
            return lag >= otherLag ? one : other
        }.values.filter { $0.sampledAt <= known }.sorted { $0.sampledAt > $1.sampledAt }
    }
}
