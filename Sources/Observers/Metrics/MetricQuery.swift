import AWS
import Failover

/// One metric of one resource, as it is asked for.
struct MetricQuery: Sendable, Hashable {
    var namespace: String
    var name: String
    var dimension: String
    /// The dimension's value.
    var resource: String
    /// What else names the series: CloudWatch finds one by all of its dimensions alone.
    var further: [Dimension] = []
    /// `Minimum` or `Maximum`.
    var statistic: String

    /// GetMetricData takes 500 queries a call (botocore 1.43.127).
    static let batch = 500
}

/// The samples of one metric, newest first, or why there are none.
struct MetricSeries: Sendable, Equatable {
    struct Sample: Sendable, Equatable {
        /// When the sample's period began.
        var at: Timestamp
        var value: Double
    }

    var samples: [Sample]
    /// Set when AWS said that it could not look, rather than that there is nothing.
    var failure: Unanswered?

    init(samples: [Sample] = [], failure: Unanswered? = nil) {
        self.samples = samples
        self.failure = failure
    }

    /// For a reading that needs at least one sample.
    var absence: Unanswered {
        failure ?? Unanswered(.missing, "the metric has no sample of late")
    }
}

/// What CloudWatch says about many metrics.
struct MetricAnswers: Sendable {
    private var byQuery: [MetricQuery: MetricSeries] = [:]
    private var unanswered: [MetricQuery: Unanswered] = [:]
    /// When the first of the answers came.
    private(set) var at: Timestamp

    init(_ pieces: [Piece<MetricQuery, [MetricQuery: MetricSeries]>]) {
        at = pieces.map(\.at).min() ?? Timestamp(milliseconds: 0)
        for piece in pieces {
            switch piece.answer {
            case .success(let series): byQuery.merge(series) { first, _ in first }
            case .failure(let why): for query in piece.items { unanswered[query] = why }
            }
        }
    }

    subscript(query: MetricQuery) -> MetricSeries {
        byQuery[query] ?? MetricSeries(failure: unanswered[query])
    }
}

extension ObserverContext {
    /// CloudWatch publishes RDS's metrics 1 to 3 minutes late, and after an outage the last samples before it
    /// are what counts: ten minutes, or twelve periods where they are longer than usual.
    var metricWindow: Duration {
        max(.seconds(600), .seconds(12 * metricPeriodSeconds))
    }

    /// What a call for so many metrics takes.
    func metricsExpense(_ count: Int, region: String) -> Expense {
        Expense(
            service: Service.cloudWatch.id, region: region, operation: GetMetricData.name, metrics: count)
    }

    /// The series of every query, from one call where CloudWatch takes them all; at most `MetricQuery.batch`
    /// queries. Nil when it was given up.
    func series(of queries: [MetricQuery], region: String) async -> MetricAnswers? {
        let pieces = await Piecemeal(
            context: self, place: .init(service: Service.cloudWatch.id, region: region), splitsDenied: false
        ) { some, options, _ throws(AWSError) in
            try await series(of: some, region, options)
        }.answers(about: queries)
        return pieces.map(MetricAnswers.init)
    }

    private func series(
        of queries: [MetricQuery], _ region: String, _ options: CallOptions
    ) async throws(AWSError) -> [MetricQuery: MetricSeries] {
        // Ids are ours to choose; the resource's name may not fit their form.
        let named = queries.enumerated().map { (id: "q\($0.offset)", query: $0.element) }
        let now = now()
        let operation = GetMetricData(
            queries: named.map { metricDataQuery($0.id, $0.query) },
            startTime: WallTime(now - metricWindow),
            // The end is exclusive, and our clock may be behind: nothing newer exists than what is wanted.
            endTime: WallTime(now + .seconds(60)))
        var byID: [String: MetricSeries] = [:]
        for result in try await aws.all(operation, region: region, options: options) {
            byID[result.id, default: MetricSeries()].add(result)
        }
        return Dictionary(
            named.map { ($0.query, (byID[$0.id] ?? MetricSeries()).newestFirst) },
            uniquingKeysWith: { first, _ in first })
    }

    private func metricDataQuery(_ id: String, _ query: MetricQuery) -> MetricDataQuery {
        MetricDataQuery(
            id: id,
            metricStat: MetricStat(
                metric: Metric(
                    namespace: query.namespace, metricName: query.name,
                    dimensions: [Dimension(name: query.dimension, value: query.resource)] + query.further),
                period: metricPeriodSeconds, stat: query.statistic))
    }
}

extension MetricSeries {
    /// A result may come in several parts, one a page.
    mutating func add(_ result: MetricDataResult) {
        switch result.statusCode {
        case "Complete", "PartialData":
            for (time, value) in zip(result.timestamps, result.values) {
                samples.append(Sample(at: Timestamp(time), value: value))
            }
        case "Forbidden": failure = Unanswered(.denied, "CloudWatch: Forbidden")
        case "InternalError": failure = Unanswered(.silent, "CloudWatch: InternalError")
        case let code: failure = Unanswered(.malformed, "CloudWatch: status code \(code ?? "missing")")
        }
    }

    var newestFirst: MetricSeries {
        MetricSeries(samples: samples.sorted { $0.at > $1.at }, failure: failure)
    }
}
