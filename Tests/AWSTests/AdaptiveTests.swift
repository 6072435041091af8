import HTTPTransport
import Testing

@testable import AWS

@Suite("Adaptive mode")
struct AdaptiveTests {
    @Test(
        "paces a client as botocore does, through waits and rates",
        arguments: try Vectors.cases("adaptive.json"))
    func asBotocore(recorded: JSONValue) throws {
        var rate = AdaptiveRate(now: 1000)
        var now = 1000.0
        for (number, step) in (recorded["steps"]?.array ?? []).enumerated() {
            now += try #require(step["gap"]?.number)
            let wait = rate.acquire(now: now)
            #expect(abs(wait - (step["wait"]?.number ?? -1)) < 1e-6, "step \(number)")
            if wait > 0 {
                now += wait + 1e-9
                let again = rate.acquire(now: now)
                #expect(again == 0, "step \(number)")
            }
            rate.learn(throttled: step["throttled"]?.bool == true, now: now)
            #expect(abs(rate.rate - (step["rate"]?.number ?? -1)) < 1e-6, "step \(number)")
        }
    }

    @Test(
        "a call waits for its turn after a throttling, in that Region alone, and says so when time is short")
    func calls() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport { request, _ in
            request.url.contains("eu-west-1") ? .fault(400, "Throttling") : .page([])
        }
        let client = AWSClient.test(
            transport, clock: clock, policy: RetryPolicy(maxAttempts: 2, mode: .adaptive), random: 0)
        _ = try? await client.call(DescribeDBInstances(), region: "eu-west-1")
        let sleptAtFirst = clock.sleeps.count
        _ = try await client.call(DescribeDBInstances(), region: "eu-central-1")
        #expect(clock.sleeps.count == sleptAtFirst)
        let error = try await failure { () async throws(AWSError) in
            try await client.call(
                DescribeDBInstances(), region: "eu-west-1", options: CallOptions(deadline: .milliseconds(500))
            )
        }
        #expect(error.kind == .throttled && error.gaveUp == .deadline && error.attempts == 0)
        #expect(await transport.requests.count == 3)
    }

    @Test("the mode comes from the environment or the profile; an unknown one is standard")
    func mode() {
        func mode(_ value: String) -> RetryPolicy.Mode {
            RetryPolicy(VirtualClock().surroundings(environment: ["AWS_RETRY_MODE": value])).mode
        }
        #expect(mode("Adaptive") == .adaptive)
        #expect(mode("legacy") == .standard)
        let profile = Profile(name: "p", values: ["retry_mode": "adaptive"])
        #expect(RetryPolicy(VirtualClock().surroundings(), profile: profile).mode == .adaptive)
    }

    @Test(
        "a server's wish for a pause lengthens ours, never shortens it, and never without bound",
        arguments: [
            ("x-amz-retry-after", "1500", 1.5), ("x-amz-retry-after", "100", 0.5),
            ("x-amz-retry-after", "60000", 5.5), ("x-amz-retry-after", "-1", 0.5),
            ("x-amz-retry-after", "soon", 0.5), ("Retry-After", "3", 3.0), ("Retry-After", "0", 0.5),
            ("Retry-After", "3600", 20.5), ("Retry-After", "Fri, 02 Jan 2026 03:04:12 GMT", 7.0),
            ("Retry-After", "Fri, 02 Jan 2026 03:00:00 GMT", 0.5),
            ("Retry-After", "99999999999999999999", 0.5),
        ])
    func hint(name: String, value: String, seconds: Double) async throws {
        let clock = VirtualClock()
        let headers = HTTPHeaders([HTTPHeader(name, value)])
        let transport = ScriptedTransport(.fault(503, "SlowDown", headers: headers), .page([]))
        _ = try await AWSClient.test(transport, clock: clock).call(DescribeDBInstances(), region: "eu-west-1")
        #expect(clock.sleeps == [.seconds(seconds)])
    }

    @Test("retries of one account are not paid by another")
    func accounts() async throws {
        let budget = RetryBudget()
        let one = Destination(account: "1", service: "rds", region: "eu-west-1")
        _ = await budget.withdraw(one, timeout: true)
        #expect(await budget.available(service: "rds", region: "eu-west-1", account: "1") == 490)
        #expect(await budget.available(service: "rds", region: "eu-west-1", account: "2") == 500)
    }
}
