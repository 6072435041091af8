import Failover
import Testing

@testable import Observers

@Suite("The replica's lag") struct ReplicationLagTests {
    func time(_ text: String) -> Timestamp { Timestamp(text) ?? Timestamp(milliseconds: 0) }

    /// Query ids by the metric they ask for: its name, its resource, and further dimensions.
    static func ids(_ request: FakeAWS.Request) -> [String: String] {
        var ids: [String: String] = [:]
        for number in 1...500 {
            let prefix = "MetricDataQueries.member.\(number)"
            guard let id = request.fields[prefix + ".Id"] else { break }
            let name = request.fields[prefix + ".MetricStat.Metric.MetricName"] ?? ""
            let dimensions = (1...3).compactMap {
                request.fields[prefix + ".MetricStat.Metric.Dimensions.member.\($0).Value"]
            }
            ids[([name] + dimensions).joined(separator: " ")] = id
        }
        return ids
    }

    func reading(
        _ database: Database, _ answer: @escaping @Sendable ([String: String]) -> FakeAWS.Reply
    ) async -> Reading<[LagSample]>? {
        let aws = FakeAWS { answer(Self.ids($0)) }
        let found = await ReplicationLagObserver(context: .test(aws)).observe([.test("shop", database)])
        #expect(found.count == 1)
        #expect(found.first?.source == "CloudWatch eu-north-1")
        #expect(found.first?.vantage == "eu-north-1")
        guard case .replication(let reading)? = found.first?.fact else { return nil }
        return reading
    }

    @Test func `An instance's lag comes in seconds, newest first`() async {
        let reading = await reading(.rds("orders")) { ids in
            .document(
                Documents.metrics(
                    Documents.metric(
                        ids["ReplicaLag orders-n"] ?? "", ("2025-12-31T23:57:00Z", 2),
                        ("2025-12-31T23:59:00Z", 7.5), ("2025-12-31T23:58:00Z", -1))))
        }
        #expect(
            reading?.value == [
                LagSample(sampledAt: time("2025-12-31T23:59:00Z"), lagSeconds: 7.5),
                LagSample(sampledAt: time("2025-12-31T23:58:00Z"), lagSeconds: nil),
                LagSample(sampledAt: time("2025-12-31T23:57:00Z"), lagSeconds: 2),
            ])
    }

    @Test func `Aurora's lag comes from the RPO metric, in milliseconds`() async {
        let reading = await reading(.aurora("orders")) { ids in
            .document(
                Documents.metrics(
                    Documents.metric(
                        ids["AuroraGlobalDBReplicationLag orders-n"] ?? "", ("2025-12-31T23:59:00Z", 80)),
                    Documents.metric(
                        ids["AuroraGlobalDBRPOLag orders-n"] ?? "", ("2025-12-31T23:59:00Z", 850))))
        }
        #expect(reading?.value == [LagSample(sampledAt: time("2025-12-31T23:59:00Z"), lagSeconds: 0.85)])
    }

    @Test func `Where there is no RPO metric the storage's lag is taken`() async {
        let reading = await reading(.aurora("orders")) { ids in
            .document(
                Documents.metrics(
                    Documents.metric(
                        ids["AuroraGlobalDBReplicationLag orders-n"] ?? "", ("2025-12-31T23:59:00Z", 80)),
                    Documents.metric(ids["AuroraGlobalDBRPOLag orders-n"] ?? "", [])))
        }
        #expect(reading?.value == [LagSample(sampledAt: time("2025-12-31T23:59:00Z"), lagSeconds: 0.08)])
    }

    @Test(arguments: ["AuroraGlobalDBRPOLag", "AuroraGlobalDBReplicationLag"])
    func `Aurora's lag is found where it is published by its source too`(metric: String) async {
        let reading = await reading(.aurora("orders")) { ids in
            .document(
                Documents.metrics(
                    Documents.metric(ids["\(metric) orders-n"] ?? "", []),
                    Documents.metric(ids["\(metric) orders-n eu-west-1"] ?? "", ("2025-12-31T23:59:00Z", 80)))
            )
        }
        #expect(reading?.value == [LagSample(sampledAt: time("2025-12-31T23:59:00Z"), lagSeconds: 0.08)])
    }

    @Test func `The same metric in two places is one series, the worse where they disagree`() async {
        let reading = await reading(.aurora("orders")) { ids in
            .document(
                Documents.metrics(
                    Documents.metric(
                        ids["AuroraGlobalDBRPOLag orders-n"] ?? "", ("2025-12-31T23:50:00Z", 10),
                        ("2025-12-31T23:57:00Z", 300), ("2025-12-31T23:58:00Z", 50)),
                    Documents.metric(
                        ids["AuroraGlobalDBRPOLag orders-n eu-west-1"] ?? "", ("2025-12-31T23:59:00Z", 900),
                        ("2025-12-31T23:58:00Z", -1), ("2025-12-31T23:57:00Z", 200)),
                    Documents.metric(
                        ids["AuroraGlobalDBReplicationLag orders-n"] ?? "", ("2025-12-31T23:59:00Z", 5000))))
        }
        #expect(
            reading?.value == [
                LagSample(sampledAt: time("2025-12-31T23:58:00Z"), lagSeconds: nil),
                LagSample(sampledAt: time("2025-12-31T23:57:00Z"), lagSeconds: 0.3),
                LagSample(sampledAt: time("2025-12-31T23:50:00Z"), lagSeconds: 0.01),
            ])
    }

    @Test func `A moment that one place has yet to publish waits for it, unless that one has stopped`() async
    {
        for (other, isBelieved) in [("2025-12-31T23:56:00Z", false), ("2025-12-31T23:55:00Z", true)] {
            let reading = await reading(.aurora("orders")) { ids in
                .document(
                    Documents.metrics(
                        Documents.metric(ids["AuroraGlobalDBRPOLag orders-n"] ?? "", (other, 900_000)),
                        Documents.metric(
                            ids["AuroraGlobalDBRPOLag orders-n eu-west-1"] ?? "",
                            ("2025-12-31T23:59:00Z", 100))))
            }
            let newest = isBelieved ? "2025-12-31T23:59:00Z" : other
            #expect(reading?.value?.first?.sampledAt == time(newest))
        }
    }

    @Test func `A fresher sample of the storage does not hide an older one of what users committed`() async {
        let reading = await reading(.aurora("orders")) { ids in
            .document(
                Documents.metrics(
                    Documents.metric(
                        ids["AuroraGlobalDBReplicationLag orders-n"] ?? "", ("2025-12-31T23:59:00Z", 0)),
                    Documents.metric(
                        ids["AuroraGlobalDBRPOLag orders-n"] ?? "", ("2025-12-31T23:55:00Z", 850))))
        }
        #expect(reading?.value == [LagSample(sampledAt: time("2025-12-31T23:55:00Z"), lagSeconds: 0.85)])
    }

    @Test(arguments: ["AuroraGlobalDBRPOLag orders-n", "AuroraGlobalDBRPOLag orders-n eu-west-1"])
    func `A better metric that could not be looked at is unknown, whatever a lesser one says`(
        failed: String
    ) async {
        let reading = await reading(.aurora("orders")) { ids in
            .document(
                Documents.metrics(
                    Documents.metric(ids[failed] ?? "", [], status: "InternalError"),
                    Documents.metric(
                        ids["AuroraGlobalDBReplicationLag orders-n"] ?? "", ("2025-12-31T23:59:00Z", 80))))
        }
        #expect(reading?.unknownReason == .silent)
    }

    @Test func `Where one place could not be looked at the other one counts`() async {
        let reading = await reading(.aurora("orders")) { ids in
            .document(
                Documents.metrics(
                    Documents.metric(
                        ids["AuroraGlobalDBRPOLag orders-n"] ?? "", [], status: "InternalError"),
                    Documents.metric(
                        ids["AuroraGlobalDBRPOLag orders-n eu-west-1"] ?? "", ("2025-12-31T23:59:00Z", 80))))
        }
        #expect(reading?.value == [LagSample(sampledAt: time("2025-12-31T23:59:00Z"), lagSeconds: 0.08)])
    }

    @Test func `No sample is not a lag of zero`() async {
        let empty = await reading(.rds("orders")) { ids in
            .document(Documents.metrics(Documents.metric(ids["ReplicaLag orders-n"] ?? "", [])))
        }
        #expect(empty?.unknownReason == .missing)
        let nothing = await reading(.rds("orders")) { _ in .document(Documents.metrics()) }
        #expect(nothing?.unknownReason == .missing)
    }

    @Test(arguments: [
        ("Forbidden", UnknownReason.denied), ("InternalError", .silent), ("SomethingNew", .malformed),
    ])
    func `A result that is no data says why`(status: String, reason: UnknownReason) async {
        let reading = await reading(.rds("orders")) { ids in
            .document(
                Documents.metrics(
                    Documents.metric(
                        ids["ReplicaLag orders-n"] ?? "", [("2025-12-31T23:59:00Z", 1)], status: status)))
        }
        #expect(reading?.unknownReason == reason)
    }

    @Test func `Partial data is data`() async {
        let reading = await reading(.rds("orders")) { ids in
            .document(
                Documents.metrics(
                    Documents.metric(
                        ids["ReplicaLag orders-n"] ?? "", [("2025-12-31T23:59:00Z", 1)],
                        status: "PartialData")))
        }
        #expect(reading?.value?.count == 1)
    }

    @Test func `Only the newest samples are kept`() async {
        let reading = await reading(.rds("orders")) { ids in
            let samples = (10..<40).map { (time: "2025-12-31T23:\($0):00Z", value: Double($0)) }
            return .document(Documents.metrics(Documents.metric(ids["ReplicaLag orders-n"] ?? "", samples)))
        }
        #expect(reading?.value?.count == ReplicationLagObserver.maxSamples)
        #expect(reading?.value?.first?.lagSeconds == 39)
    }

    @Test(arguments: [
        (60, "2025-12-31T23:48:00Z"), (5, "2025-12-31T23:50:00Z"), (300, "2025-12-31T23:00:00Z"),
    ])
    func `The window spans ten minutes or twelve periods`(period: Int, start: String) async throws {
        let aws = FakeAWS { _ in .document(Documents.metrics()) }
        var context = ObserverContext.test(aws)
        context.metricPeriodSeconds = period
        _ = await ReplicationLagObserver(context: context).observe([.test("shop", .rds("orders"))])
        let request = try #require(aws.requests.first)
        #expect(request.fields["StartTime"] == start)
        #expect(request.fields["EndTime"] == "2026-01-01T00:01:00Z")
        #expect(request.fields["MetricDataQueries.member.1.MetricStat.Period"] == "\(period)")
        #expect(request.fields["MetricDataQueries.member.1.MetricStat.Stat"] == "Maximum")
        #expect(request.fields["MetricDataQueries.member.1.MetricStat.Unit"] == nil)
    }

    @Test func `Five hundred queries go into one call, and each database finds its own answer`() async {
        let aws = FakeAWS { request in
            let results = Self.ids(request).compactMap { key, id -> String? in
                let parts = key.split(separator: " ")
                guard parts.count == 2, parts[0] == "AuroraGlobalDBRPOLag" else { return nil }
                let number = Double(parts[1].filter(\.isNumber)) ?? -1
                return Documents.metric(id, ("2025-12-31T23:59:00Z", number * 1000))
            }
            return .document(
                Documents.query(
                    "GetMetricData", "<MetricDataResults>\(results.joined())</MetricDataResults>"))
        }
        let databases = (0..<251).map { Database.aurora(DatabaseID("d\($0)")) }
        let found = await ReplicationLagObserver(context: .test(aws)).observe([.test("shop", databases)])
        #expect(aws.requests.map { Self.ids($0).count }.sorted() == [4, 500, 500])
        #expect(found.count == 251)
        for observation in found {
            guard case .replication(.known(let samples)) = observation.fact else {
                Issue.record("\(observation)")
                continue
            }
            #expect("d\(Int(samples.first?.lagSeconds ?? -1))" == observation.database.rawValue)
        }
    }

    @Test func `A failed call leaves every database unknown`() async {
        let reading = await reading(.rds("orders")) { _ in .error(400, "Throttling") }
        #expect(reading?.unknownReason == .throttled)
    }
}
