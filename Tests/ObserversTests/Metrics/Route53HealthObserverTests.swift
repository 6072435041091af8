import Failover
import Testing

@testable import Observers

@Suite struct `Route 53's checkers` {
    func time(_ text: String) -> Timestamp { Timestamp(text) ?? Timestamp(milliseconds: 0) }

    /// A metric for every health check asked about; of `status`, the checkers' own reports.
    func aws(
        _ samples: [(time: String, value: Double)], status: FakeAWS.Reply = .error(400, "InvalidInput")
    ) -> FakeAWS {
        FakeAWS { request in
            guard request.action == "GetMetricData" else { return status }
            let ids = ReplicationLagTests.ids(request).values
            let results = ids.map { Documents.metric($0, samples) }
            return .document(
                Documents.query(
                    "GetMetricData", "<MetricDataResults>\(results.joined())</MetricDataResults>"))
        }
    }

    func observe(_ aws: FakeAWS, closer: Set<WorkloadID> = []) async throws -> Observation {
        let workload = Workload.test("shop", .rds("orders", healthCheckID: "check-1"))
        let observer = Route53HealthObserver(context: .test(aws))
        let found = await observer.observe([workload], closer: closer)
        #expect(found.count == 1)
        let observation = try #require(found.first)
        #expect(observation.vantage == "Route 53 checkers")
        return observation
    }

    func known(_ healthy: Bool, _ text: String) -> Fact {
        .routeHealth(reading: .known(value: HealthSample(healthy: healthy, sampledAt: time(text))))
    }

    @Test(arguments: [(1.0, true), (0.0, false)])
    func `The newest sample of the metric counts`(value: Double, healthy: Bool) async throws {
        let aws = aws([("2025-12-31T23:58:00Z", 1 - value), ("2025-12-31T23:59:00Z", value)])
        let observation = try await observe(aws)
        #expect(observation.fact == known(healthy, "2025-12-31T23:59:00Z"))
        #expect(observation.source == "CloudWatch us-east-1")
        let request = try #require(aws.requests.first)
        #expect(request.region == "us-east-1")
        #expect(request.fields["MetricDataQueries.member.1.MetricStat.Metric.Namespace"] == "AWS/Route53")
        #expect(request.fields["MetricDataQueries.member.1.MetricStat.Stat"] == "Minimum")
        #expect(Array(ReplicationLagTests.ids(request).keys) == ["HealthCheckStatus check-1"])
        #expect(aws.requests.count == 1)
    }

    @Test func `No sample is neither healthy nor unhealthy`() async throws {
        #expect(try await observe(aws([])).fact.unknownReason == .missing)
    }

    @Test func `Suspects get a closer look, which is newer`() async throws {
        let reports = Documents.healthCheckStatus(
            ("Failure: Connection timed out", "2025-12-31T23:59:50Z"),
            ("Failure: Connection timed out", "2025-12-31T23:59:55.500Z"))
        let aws = aws([("2025-12-31T23:58:00Z", 1)], status: .document(reports))
        let observation = try await observe(aws, closer: ["shop"])
        #expect(observation.fact == known(false, "2025-12-31T23:59:55.500Z"))
        #expect(observation.source == "Route 53 GetHealthCheckStatus")
        #expect(aws.requests.contains { $0.path == "/2013-04-01/healthcheck/check-1/status" })
    }

    @Test func `Where the closer look fails the metric stands, and it is not tried again`() async throws {
        let aws = aws([("2025-12-31T23:58:00Z", 1)], status: .error(503, "ServiceUnavailable"))
        let observation = try await observe(aws, closer: ["shop"])
        #expect(observation.fact == known(true, "2025-12-31T23:58:00Z"))
        #expect(aws.requests.count { $0.action != "GetMetricData" } == 1)
    }

    @Test func `Where the metric fails the closer look stands`() async throws {
        let reports = Documents.healthCheckStatus(("Success: OK", "2025-12-31T23:59:50Z"))
        let aws = FakeAWS { request in
            request.action == "GetMetricData" ? .transport(.connectTimeout) : .document(reports)
        }
        let observation = try await observe(aws, closer: ["shop"])
        #expect(observation.fact == known(true, "2025-12-31T23:59:50Z"))
    }

    @Test func `A closer look that is older than the metric is left aside`() async throws {
        let reports = Documents.healthCheckStatus(("Success: OK", "2025-12-31T23:50:00Z"))
        let aws = aws([("2025-12-31T23:58:00Z", 0)], status: .document(reports))
        #expect(try await observe(aws, closer: ["shop"]).fact == known(false, "2025-12-31T23:58:00Z"))
    }

    @Test func `Five hundred and one health checks take two calls`() async {
        let aws = aws([("2025-12-31T23:59:00Z", 1)])
        let databases = (0..<501).map { Database.rds(DatabaseID("d\($0)"), healthCheckID: "check-\($0)") }
        let found = await Route53HealthObserver(context: .test(aws)).observe([.test("shop", databases)])
        #expect(found.count == 501)
        #expect(aws.requests.map { ReplicationLagTests.ids($0).count }.sorted() == [1, 500])
    }

    @Test func `A health check that two databases share is asked about once`() async {
        let aws = aws([("2025-12-31T23:59:00Z", 1)])
        let databases = ["one", "two"].map { Database.rds($0, healthCheckID: "check-1") }
        let found = await Route53HealthObserver(context: .test(aws)).observe([.test("shop", databases)])
        #expect(Set(found.map(\.database)) == ["one", "two"])
        #expect(aws.requests.map { ReplicationLagTests.ids($0).count } == [1])
    }

    @Test func `Who does not use this witness, or has no health check, is not asked about`() {
        let observer = Route53HealthObserver(context: .test())
        let checked = Database.rds("orders", healthCheckID: "check-1")
        let workloads = [
            Workload.test("one", checked, witnesses: [.controlPlane, .probe]),
            Workload.test("two", .rds("orders")),
        ]
        #expect(observer.errands(about: workloads, closer: ["one", "two"]).isEmpty)
    }

    @Test func `Two suspects a round get the closer look, and all of them their turn`() async {
        let reports = Documents.healthCheckStatus(("Success: OK", "2025-12-31T23:59:50Z"))
        let aws = aws([("2025-12-31T23:58:00Z", 1)], status: .document(reports))
        let time = ManualTime()
        var context = ObserverContext.test(aws)
        context.now = { time.now }
        let observer = Route53HealthObserver(context: context)
        let databases = (0..<5).map { Database.rds(DatabaseID("d\($0)"), healthCheckID: "check-\($0)") }
        for round in 1...3 {
            let found = await observer.observe([.test("shop", databases)], closer: ["shop"])
            #expect(found.count == 5)
            let looks = aws.requests.filter { $0.action != "GetMetricData" }
            #expect(looks.count == 2 * round)
            #expect(Set(looks.map(\.path)).count == min(5, 2 * round))
            time.advance(by: .seconds(5))
        }
    }

    @Test func `However many rounds webhooks ask for, closer looks keep below AWS's rate`() async {
        let reports = Documents.healthCheckStatus(("Success: OK", "2025-12-31T23:59:50Z"))
        let aws = aws([("2025-12-31T23:58:00Z", 1)], status: .document(reports))
        let observer = Route53HealthObserver(context: .test(aws))
        let workload = Workload.test("shop", .rds("orders", healthCheckID: "check-1"))
        for _ in 1...10 {
            // Without the look the metric stands alone.
            #expect(await observer.observe([workload], closer: ["shop"]).count == 1)
        }
        #expect(aws.requests.count { $0.action != "GetMetricData" } == 4)
    }
}

@Suite struct `The checkers' reports` {
    func sample(successes: Int, failures: Int, successAge: Int64 = 0) -> HealthSample? {
        let now = ObserverContext.testNow
        let good = CheckerReports.Report(succeeded: true, checkedAt: now - .seconds(successAge))
        let bad = CheckerReports.Report(succeeded: false, checkedAt: now)
        return CheckerReports(
            reports: Array(repeating: good, count: successes) + Array(repeating: bad, count: failures)
        ).sample
    }

    @Test(arguments: [(0, 16, false), (9, 41, false), (10, 40, true), (3, 13, true), (2, 14, false)])
    func `More than 18 % of them make an endpoint healthy`(successes: Int, failures: Int, healthy: Bool) {
        #expect(sample(successes: successes, failures: failures)?.healthy == healthy)
    }

    @Test func `Proof of life is as old as the newest success`() {
        let sample = sample(successes: 8, failures: 8, successAge: 20)
        #expect(sample == HealthSample(healthy: true, sampledAt: ObserverContext.testNow - .seconds(20)))
    }

    @Test func `A checker that stopped checking has no say`() {
        #expect(sample(successes: 15, failures: 1, successAge: 121)?.healthy == false)
    }

    @Test func `Nobody's reports are no sample`() {
        #expect(sample(successes: 0, failures: 0) == nil)
    }
}
