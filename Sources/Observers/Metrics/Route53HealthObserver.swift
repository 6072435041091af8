import AWS
import Failover

/// What Route 53's checkers say about the primaries: their aggregate as the `HealthCheckStatus` metric, and
/// for a few suspects the checkers' own reports, which are minutes newer.
public struct Route53HealthObserver: Observer {
    public let name = "route53-health"
    public let context: ObserverContext
    private let turns = Turns()

    /// GetHealthCheckStatus has a bucket of 4 and gets 1 back each second, for the whole account: two a round
    /// leave room for the console.
    static let maxCloserLooks = 2
    /// Webhooks may ask for rounds at any pace: all rounds together keep below AWS's rate.
    private let closerLooks = Locked(TokenBucket(capacity: 4, perSecond: 0.8))

    private static let vantage = "Route 53 checkers"

    public init(context: ObserverContext) {
        self.context = context
    }

    /// A health check with those who want to know about it.
    private struct Target: Sendable {
        var healthCheck: String
        var questions: [Question]
    }

    public func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand] {
        var byPartition: [String: [String: [Question]]] = [:]
        var suspects: Set<String> = []
        for workload in workloads where workload.policy.witnesses.contains(.route53) {
            for database in workload.databases {
                guard let check = database.healthCheckID else { continue }
                let region = Self.metricRegion(for: database.primary.region)
                let question = Question(workload: workload.id, database: database.id, slot: .routeHealth)
                byPartition[region, default: [:]][check, default: []].append(question)
                if closer.contains(workload.id) { suspects.insert(check) }
            }
        }
        let chosen = Set(turns.next(looks(for: suspects), of: suspects))
        return byPartition.sorted { $0.key < $1.key }.flatMap { region, checks in
            let targets = checks.sorted { $0.key < $1.key }.map {
                Target(healthCheck: $0.key, questions: $0.value)
            }
            let near = targets.filter { chosen.contains($0.healthCheck) }
            let far = targets.filter { !chosen.contains($0.healthCheck) }
            return far.batches(of: MetricQuery.batch).map { errand(region, $0, closer: false) }
                + (near.isEmpty ? [] : [errand(region, near, closer: true)])
        }
    }

    /// How many of them may have a closer look now.
    private func looks(for suspects: Set<String>) -> Int {
        let wanted = min(Self.maxCloserLooks, suspects.count)
        return closerLooks.withLock { bucket in
            (0..<wanted).prefix { _ in bucket.take(1, at: context.now()) }.count
        }
    }

    private func errand(_ region: String, _ targets: [Target], closer: Bool) -> Errand {
        let source = "CloudWatch \(region)"
        var errand = Errand(
            source: source, vantage: Self.vantage, questions: targets.flatMap(\.questions),
            limit: context.errandLimit, expenses: expenses(region, targets.count, closer: closer)
        ) {
            async let looks = closer ? self.looks(at: targets.map(\.healthCheck), region) : [:]
            let asked = await context.series(of: targets.map { Self.query($0.healthCheck) }, region: region)
            let samples = await looks
            guard let asked else { return [] }
            return targets.flatMap { target in
                let metric = Self.reading(target.healthCheck, in: asked)
                let look = samples[target.healthCheck].flatMap { Self.isNewer($0, than: metric) ? $0 : nil }
                return target.questions.map { question in
                    question.observed(
                        .routeHealth(reading: look.map { .known(value: $0) } ?? metric),
                        source: look == nil ? source : "Route 53 GetHealthCheckStatus",
                        vantage: Self.vantage, at: asked.at)
                }
            }
        }
        if closer { errand.variant = "closer" }
        return errand
    }

    private func expenses(_ region: String, _ count: Int, closer: Bool) -> [Expense] {
        let metrics = context.metricsExpense(count, region: region)
        guard closer else { return [metrics] }
        let looks = Expense(
            service: Service.route53.id, region: region, operation: GetHealthCheckStatus.name, calls: count)
        return [metrics, looks]
    }

    /// Route 53 publishes where its control plane is, one Region for each partition.
    static func metricRegion(for region: Region) -> String {
        switch Partition.of(region: region.rawValue).id {
        case "aws-us-gov": "us-gov-west-1"
        case "aws-cn": "cn-northwest-1"
        default: "us-east-1"
        }
    }

    static func query(_ healthCheck: String) -> MetricQuery {
        // 1 is healthy: the worst moment of the period counts.
        MetricQuery(
            namespace: "AWS/Route53", name: "HealthCheckStatus", dimension: "HealthCheckId",
            resource: healthCheck, statistic: "Minimum")
    }

    private static func reading(
        _ healthCheck: String, in asked: MetricAnswers
    ) -> Reading<HealthSample> {
        let series = asked[query(healthCheck)]
        if let newest = series.samples.first {
            return .known(value: HealthSample(healthy: newest.value >= 1, sampledAt: newest.at))
        }
        let why = series.absence
        return .unknown(reason: why.reason, detail: why.detail)
    }

    private static func isNewer(_ look: HealthSample, than metric: Reading<HealthSample>) -> Bool {
        metric.value.map { $0.sampledAt <= look.sampledAt } ?? true
    }

    /// The checkers' reports, where they could be had: on any failure the metric stands alone. Calculated
    /// checks and those of alarms have none.
    private func looks(at healthChecks: [String], _ region: String) async -> [String: HealthSample] {
        var options = context.callOptions
        options.deadline = options.attemptTimeout
        options.maxAttempts = 1
        return await withTaskGroup(of: (String, HealthSample?).self) { [options] group in
            for healthCheck in healthChecks {
                group.addTask {
                    let operation = GetHealthCheckStatus(healthCheckId: healthCheck)
                    let status = try? await context.aws.call(operation, region: region, options: options)
                    return (healthCheck, status.flatMap { CheckerReports($0).sample })
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}
