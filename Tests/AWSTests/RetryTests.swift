import HTTPTransport
import Testing

@testable import AWS

@Suite("Trying again")
struct RetryTests {
    private let read = DescribeDBInstances()
    private let mutation = PromoteReadReplica(dbInstanceIdentifier: "o")

    @Test("X6: a throttled call waits longer each time, by full jitter, and then succeeds")
    func throttled() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport(.fault(400, "Throttling"), .fault(400, "Throttling"), .page(["a"]))
        let client = AWSClient.test(transport, clock: clock)
        let page = try await client.call(read, region: "eu-west-1")
        #expect(page.dbInstances.map(\.dbInstanceIdentifier) == ["a"])
        #expect(clock.sleeps == [.milliseconds(500), .seconds(1)])
    }

    @Test("after the last attempt the error says why, and that the call may be repeated")
    func attemptsUsedUp() async throws {
        let transport = ScriptedTransport(.fault(503, "ServiceUnavailable"))
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).call(read, region: "eu-west-1")
        }
        #expect(error.kind == .serverFault)
        #expect(error.attempts == 3)
        #expect(error.gaveUp == .attemptsUsedUp)
        #expect(error.retryable)
        #expect(error.outcome == .notDone)
        #expect(error.requestID == "r-1")
    }

    @Test("INV2: leave is asked before each attempt of a mutation, and the next one is not sent without it")
    func asksLeave() async throws {
        let transport = ScriptedTransport(.fault(400, "Throttling"), .fault(400, "Throttling"))
        let asked = Locked(0)
        let client = AWSClient.test(transport).asking {
            asked.withLock { count in
                count += 1
                return count < 2
            }
        }
        let error = try await failure { () async throws(AWSError) in
            _ = try await client.call(mutation, region: "eu-west-1")
        }
        #expect(await transport.requests.count == 1)
        #expect(error.kind == .cancelled && error.gaveUp == .cancelled)
        #expect(error.outcome == .notDone && error.message == "whoever calls may not act any more")
        // Looking needs no leave.
        _ = try? await client.call(read, region: "eu-west-1")
        #expect(await transport.requests.count > 1)
        #expect(asked.withLock { $0 } == 2)
    }

    @Test("no wait is longer than 20 s", arguments: 1...40)
    func backoffIsBounded(retry: Int) {
        let policy = RetryPolicy()
        #expect(policy.backoff(retry: retry, random: 0.999_999) <= .seconds(20))
        #expect(policy.backoff(retry: retry, random: 0) == .zero)
    }

    @Test("what AWS refuses for good is asked once", arguments: ["AccessDenied", "InvalidParameterValue"])
    func refusedOnce(code: String) async throws {
        let transport = ScriptedTransport(.fault(403, code))
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).call(read, region: "eu-west-1")
        }
        #expect(await transport.requests.count == 1)
        #expect(!error.retryable)
        #expect(error.gaveUp == .notTransient)
    }

    @Test(
        "a mutation is not repeated when AWS may have acted on it",
        arguments: [
            ScriptedTransport.Reply.failure(.totalTimeout, mayHaveReachedServer: true),
            .failure(.connectionLost, mayHaveReachedServer: true), .fault(500, "InternalFailure"),
            .answer(502, "<html>Bad gateway</html>"), .answer(503, ""), .answer(200, "<html>Welcome</html>"),
            .answer(200, "<PromoteReadReplicaResponse><PromoteReadRep"),
        ])
    func ambiguousMutation(reply: ScriptedTransport.Reply) async throws {
        let transport = ScriptedTransport(reply, .promoted)
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).call(mutation, region: "eu-west-1")
        }
        #expect(await transport.requests.count == 1)
        #expect(error.outcome == .unknown)
        #expect(error.gaveUp == .notRepeatable)
        #expect(!error.retryable)
    }

    @Test(
        "a mutation is repeated when it certainly was not done",
        arguments: [
            ScriptedTransport.Reply.failure(.connectionRefused, mayHaveReachedServer: false),
            .failure(.connectTimeout, mayHaveReachedServer: false), .fault(400, "Throttling"),
            .fault(503, "RequestLimitExceeded"), .answer(429, ""),
        ])
    func definiteMutation(reply: ScriptedTransport.Reply) async throws {
        let transport = ScriptedTransport(reply, .promoted)
        _ = try await AWSClient.test(transport).call(mutation, region: "eu-west-1")
        #expect(await transport.requests.count == 2)
        #expect(await transport.requests.allSatisfy { $0.isIdempotent == false })
    }

    @Test("a refusal after an ambiguous attempt leaves the outcome open: it may be that attempt's echo")
    func echo() async throws {
        let isolate = ModifyDBInstance(dbInstanceIdentifier: "o", vpcSecurityGroupIds: ["sg-0"])
        let transport = ScriptedTransport(
            .failure(.totalTimeout, mayHaveReachedServer: true), .fault(400, "InvalidDBInstanceState"))
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).call(isolate, region: "eu-west-1")
        }
        #expect(await transport.requests.count == 2)
        #expect(error.kind == .refused)
        #expect(error.code == "InvalidDBInstanceState")
        #expect(error.outcome == .unknown)
    }

    @Test("a page of HTML with status 503 is trouble of the service, not a malformed answer")
    func htmlFault() async throws {
        let transport = ScriptedTransport(.answer(503, "<html>busy</html>"), .page([]))
        _ = try await AWSClient.test(transport).call(read, region: "eu-west-1")
        #expect(await transport.requests.count == 2)
    }

    @Test("the deadline ends the waiting before it has passed")
    func deadline() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport(.fault(400, "Throttling"))
        let options = CallOptions(deadline: .milliseconds(900), maxAttempts: 10)
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport, clock: clock).call(
                read, region: "eu-west-1", options: options)
        }
        #expect(error.gaveUp == .deadline)
        #expect(clock.elapsed <= .milliseconds(900))
        #expect(await transport.requests.last?.timeouts.total == .milliseconds(400))
    }

    @Test("retries to one Region use up its budget and nobody else's")
    func budget() async throws {
        let budget = RetryBudget()
        let client = AWSClient.test(
            ScriptedTransport { request, _ in
                request.url.contains("eu-west-1")
                    ? .failure(.totalTimeout, mayHaveReachedServer: false) : .page([])
            }, policy: RetryPolicy(maxAttempts: 60), budget: budget)
        let error = try await failure { () async throws(AWSError) in
            try await client.call(read, region: "eu-west-1")
        }
        #expect(error.gaveUp == .budgetUsedUp)
        #expect(error.attempts == 1 + RetryBudget.capacity / RetryBudget.timeoutCost)
        #expect(await budget.available(service: "rds", region: "eu-west-1") == 0)
        #expect(await budget.available(service: "rds", region: "eu-central-1") == RetryBudget.capacity)
        _ = try await client.call(read, region: "eu-central-1")
    }

    @Test("a success gives back what its last retry cost, a plain one a single token")
    func refund() async throws {
        let budget = RetryBudget()
        let transport = ScriptedTransport(.fault(400, "Throttling"), .fault(400, "Throttling"), .page([]))
        let client = AWSClient.test(transport, budget: budget)
        _ = try await client.call(read, region: "eu-west-1")
        #expect(await budget.available(service: "rds", region: "eu-west-1") == 495)
        _ = try await client.call(read, region: "eu-west-1")
        #expect(await budget.available(service: "rds", region: "eu-west-1") == 496)
    }

    @Test("AWS_MAX_ATTEMPTS counts the first attempt, and nonsense in it is ignored")
    func maxAttempts() {
        func attempts(_ value: String) -> Int {
            RetryPolicy(VirtualClock().surroundings(environment: ["AWS_MAX_ATTEMPTS": value])).maxAttempts
        }
        #expect(attempts("1") == 1)
        #expect(attempts("7") == 7)
        #expect(attempts("0") == RetryPolicy().maxAttempts)
        #expect(attempts("many") == RetryPolicy().maxAttempts)
    }

    @Test("the observer hears of each attempt, without secrets")
    func observer() async throws {
        let heard = Locked<[CallRecord]>([])
        let transport = ScriptedTransport(.fault(400, "Throttling"), .page([]))
        let client = AWSClient.test(transport, observer: { record in heard.withLock { $0.append(record) } })
        _ = try await client.call(read, region: "eu-west-1")
        let records = heard.withLock { $0 }
        #expect(records.map(\.attempt) == [1, 2])
        #expect(
            records.map(\.outcome) == [
                .failure(kind: .throttled, code: "Throttling", willRetry: true), .success,
            ])
        #expect(records.first?.requestID == "r-1")
    }

    @Test("a cancelled task sends nothing more")
    func cancelled() async throws {
        let transport = ScriptedTransport(.page([]))
        let read = read
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await failure { () async throws(AWSError) in
                try await AWSClient.test(transport).call(read, region: "eu-west-1")
            }
        }
        let error = try await task.value
        #expect(error.kind == .cancelled)
        #expect(await transport.requests.isEmpty)
    }
}
