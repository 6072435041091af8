import Failover
import Testing

@testable import Observers

@Suite struct `What AWS refuses as a whole is asked for in parts` {
    /// What is known of each database's primary in `eu-west-1`, given what AWS says to a list of identifiers.
    func reasons(
        _ count: Int, budget: CallBudget = CallBudget(),
        _ answer: @escaping @Sendable ([String], FakeAWS.Request) -> FakeAWS.Reply?
    ) async -> (reasons: [String: UnknownReason?], calls: Int) {
        let aws = FakeAWS { request in
            let listed = request.values("Filters.Filter.1.Values.Value")
            let names = listed + [request.fields["DBInstanceIdentifier"]].compactMap(\.self)
            return answer(names, request)
                ?? .document(
                    Documents.query(
                        "DescribeDBInstances",
                        "<DBInstances>\(names.map { Documents.instance($0) }.joined())</DBInstances>"))
        }
        let databases = (0..<count).map { Database.rds(DatabaseID("d\($0)")) }
        let observer = RDSInstanceObserver(context: .test(aws, budget: budget))
        var reasons: [String: UnknownReason?] = [:]
        for observation in await observer.observe([.test("shop", databases)])
        where observation.vantage == "eu-west-1" {
            reasons[observation.database.rawValue] = .some(observation.fact.unknownReason)
        }
        return (reasons, aws.requests.count { $0.region == "eu-west-1" })
    }

    @Test func `One bad identifier blinds nobody else`() async {
        let (reasons, calls) = await reasons(32) { names, _ in
            names.contains("d17-w") ? .error(400, "InvalidParameterValue") : nil
        }
        #expect(reasons.count == 32)
        #expect(reasons["d17"] == .denied)
        #expect(reasons.count { $0.value == nil } == 31)
        // Halves, five times over.
        #expect(calls == 11)
    }

    @Test func `An answer that cannot be read is split as well`() async {
        let (reasons, _) = await reasons(8) { names, _ in
            names.contains("d3-w") ? .document("<html>") : nil
        }
        #expect(reasons["d3"] == .malformed)
        #expect(reasons.count { $0.value == nil } == 7)
    }

    @Test func `Who may not list is shown what may be seen one by one`() async {
        let (reasons, calls) = await reasons(3) { names, request in
            if request.fields["DBInstanceIdentifier"] == nil { return .error(403, "AccessDenied") }
            return names == ["d1-w"] ? .error(404, "DBInstanceNotFound") : nil
        }
        let known: UnknownReason? = nil
        #expect(reasons == ["d0": known, "d1": .notFound, "d2": known])
        #expect(calls == 4)
    }

    @Test func `Without any permission each is asked for once, and no more`() async {
        let (reasons, calls) = await reasons(3) { _, _ in .error(403, "AccessDenied") }
        #expect(reasons.values.allSatisfy { $0 == .denied })
        #expect(calls == 4)
    }

    @Test(arguments: [("Throttling", UnknownReason.throttled), ("InternalFailure", .silent)])
    func `Nothing is split for what is about the endpoint`(code: String, reason: UnknownReason) async {
        let (reasons, calls) = await reasons(8) { _, _ in .error(reason == .silent ? 500 : 400, code) }
        #expect(reasons.count == 8)
        #expect(reasons.values.allSatisfy { $0 == reason })
        // One try and another, as for any call.
        #expect(calls == 2)
    }

    @Test func `A part that runs out of time is not silent: the API has just answered`() async {
        let (reasons, _) = await reasons(2) { names, _ in
            names.count > 1 ? .error(400, "InvalidParameterValue") : .transport(.totalTimeout)
        }
        #expect(reasons == ["d0": .denied, "d1": .denied])
    }

    @Test func `The parts keep to the budget, and share the refusal then`() async {
        let (reasons, calls) = await reasons(32, budget: CallBudget(callsPerSecond: 2)) { names, _ in
            names.contains("d17-w") ? .error(400, "InvalidParameterValue") : nil
        }
        #expect(calls == 5)
        #expect(reasons.values.allSatisfy { $0 == nil || $0 == .denied })
        #expect(reasons.count == 32)
    }

    @Test func `Metrics of one resource that CloudWatch refuses hide no other's`() async {
        let aws = FakeAWS { request in
            let ids = ReplicationLagTests.ids(request)
            if ids.keys.contains("ReplicaLag d1-n") { return .error(400, "InvalidParameterValue") }
            let results = ids.values.map { Documents.metric($0, ("2025-12-31T23:59:00Z", 2)) }
            return .document(
                Documents.query(
                    "GetMetricData", "<MetricDataResults>\(results.joined())</MetricDataResults>"))
        }
        let databases = (0..<4).map { Database.rds(DatabaseID("d\($0)")) }
        let found = await ReplicationLagObserver(context: .test(aws)).observe([.test("shop", databases)])
        let unknown = found.filter { $0.fact.unknownReason != nil }.map(\.database)
        #expect(found.count == 4)
        #expect(unknown == ["d1"])
    }
}

@Suite struct `What several errands need is asked once` {
    @Test func `The global clusters of a Region serve all its batches`() async {
        let aws = FakeAWS { request in
            request.action == "DescribeDBClusters"
                ? .document(Documents.clusters()) : .document(Documents.globals())
        }
        let databases = (0..<101).map { Database.aurora(DatabaseID("d\($0)")) }
        let observer = AuroraObserver(context: .test(aws))
        _ = await observer.observe([.test("shop", databases)])
        #expect(aws.requests.count { $0.action == "DescribeGlobalClusters" } == 2)
        #expect(aws.requests.count { $0.action == "DescribeDBClusters" } == 4)
        // The estimate of a round is what a round asks.
        let expenses = observer.errands(about: [.test("shop", databases)], closer: []).flatMap(\.expenses)
        #expect(expenses.reduce(0) { $0 + $1.calls } == aws.requests.count)
    }

    @Test func `A failure is shared by those who wait, and asked for again by who comes later`() async {
        let shared = SharedAnswer<Int, Unanswered>()
        let asked = Locked(0)
        let first = await shared.value {
            asked.withLock { $0 += 1 }
            return (.failure(Unanswered(.silent, "nothing")), ObserverContext.testNow)
        }
        let failed = try? first?.answer.get()
        #expect(failed == nil)
        for _ in 1...2 {
            let later = await shared.value {
                asked.withLock { $0 += 1 }
                return (.success(7), ObserverContext.testNow)
            }
            let value = try? later?.answer.get()
            #expect(value == 7)
        }
        #expect(asked.withLock { $0 } == 2)
    }

    @Test func `A database is as old as the older of its two answers`() async {
        let time = ManualTime()
        let aws = FakeAWS { request in
            request.action == "DescribeDBClusters"
                ? .document(Documents.clusters(Documents.cluster("orders-w")))
                : .document(Documents.globals())
        }
        var context = ObserverContext.test(aws)
        // Each answer comes a second after the one before.
        context.now = {
            time.advance(by: .seconds(1))
            return time.now
        }
        let found = await AuroraObserver(context: context).observe([.test("shop", .aurora("orders"))])
        let newest = found.map(\.at).max() ?? ObserverContext.testNow
        #expect(newest < time.now)
    }
}
