import Failover
import Testing

@testable import Execution

@Suite struct FlipHealthCheckTests {
    @Test func putsTheValueOnTheMetricInTheLeversRegion() async throws {
        let bench = Bench()
        #expect(await bench.run(.flipHealthCheck(Estate.flip)).succeeded)
        #expect(await bench.aws.mutations == ["eu-central-1 PutMetricData"])
        #expect(await bench.aws.calls.count == 1, "no control plane is asked")
        let call = try #require(await bench.aws.last("PutMetricData"))
        #expect(call.parameters["Namespace"] == "drctl")
        #expect(call.parameters["MetricData.member.1.Value"].flatMap(Double.init) == 1)
        #expect(call.parameters["MetricData.member.1.Dimensions.member.1.Name"] == "workload")
        #expect(call.parameters["MetricData.member.1.Timestamp"] == nil)
    }

    @Test func isSentAgainUntilItIsTaken() async {
        let bench = Bench()
        await bench.aws.next("PutMetricData", .throttled, .lostReply, .broken)
        #expect(await bench.run(.flipHealthCheck(Estate.flip), inDoubt: true).succeeded)
        #expect(bench.clock.elapsed < .seconds(60), "a doubt need not be waited out")
    }

    @Test func aMissingPermissionEndsIt() async {
        let bench = Bench()
        await bench.aws.always("PutMetricData", .denied)
        #expect(await bench.run(.flipHealthCheck(Estate.flip)).retryable == false)
        #expect(await bench.executor.assertLever(Estate.flip) != nil)
    }

    @Test func isAssertedAgainWithOneCallAndOnlyWithLeave() async {
        let bench = Bench()
        #expect(await bench.executor.assertLever(Estate.flip) == nil)
        bench.mayAct.withLock { $0 = false }
        #expect(await bench.executor.assertLever(Estate.flip) != nil)
        #expect(await bench.aws.calls.count == 1)
    }
}

@Suite struct ConfirmTrafficTests {
    private let host = Estate.endpoint.host

    @Test func waitsUntilTheNameLeadsToTheNewWriterTwice() async {
        let bench = Bench()
        let (start, host) = (bench.clock.now, host)
        bench.names.withLock {
            $0 = { now in
                // One good answer at 20 s, from a server ahead of the rest.
                let isNew = now - start == .seconds(20) || now - start >= .seconds(40)
                return DNSView(
                    names: [isNew ? host.uppercased() + "." : "old.example.com"], addresses: ["10.0.0.1"])
            }
        }
        #expect(await bench.run(Estate.confirm).succeeded)
        #expect(bench.clock.elapsed == .seconds(45))
        #expect(await bench.aws.calls.isEmpty)
    }

    @Test func saysWhatDNSAnswersInstead() async {
        let bench = Bench()
        bench.names.withLock { $0 = { _ in DNSView(names: ["old.example.com"], addresses: ["10.0.0.1"]) } }
        let outcome = await bench.run(Estate.confirm, within: .seconds(60))
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == false)
        #expect(outcome.detail.contains("old.example.com"))
        #expect(bench.clock.elapsed <= .seconds(61))
    }

    @Test func saysWhyThereIsNoAnswer() async {
        let outcome = await Bench().run(Estate.confirm, within: .seconds(20))
        #expect(outcome.detail.contains("no such name"))
    }

    @Test("X17: the name leads there, but only a write that commits through it confirms the traffic")
    func aWriteThroughTheClientsName() async {
        let bench = Bench()
        let start = bench.clock.now
        bench.names.withLock { $0 = { _ in DNSView(names: [Estate.endpoint.host], addresses: ["10.0.0.2"]) } }
        bench.through.withLock {
            $0 = { now in
                now - start < .seconds(20)
                    ? Bench.saying(.readOnly, "it is in recovery, as a replica is")
                    : Bench.saying(.wrote, "committed a write at 0/3000148 in 9 ms")
            }
        }
        let outcome = await bench.run(Estate.confirm)
        #expect(bench.clock.elapsed >= .seconds(20))
        #expect(outcome.succeeded)
        #expect(outcome.detail.contains("through that name it answers in SQL (committed a write"))
    }

    @Test("a write that another server took proves nothing of the promoted one")
    func anotherServerBehindTheName() async {
        let bench = Bench()
        let start = bench.clock.now
        bench.names.withLock { $0 = { _ in DNSView(names: [Estate.endpoint.host], addresses: ["10.0.0.2"]) } }
        bench.probe.withLock { $0 = { _ in Bench.saying(.wrote, "committed", by: "10.0.0.2 7.5") } }
        bench.through.withLock {
            $0 = { now in
                let isSame = now - start >= .seconds(20)
                return Bench.saying(.wrote, "committed", by: isSame ? "10.0.0.2 7.5" : "10.0.0.1 3.25")
            }
        }
        let early = await bench.run(Estate.confirm, within: .seconds(10))
        #expect(early.detail.contains("another server answers (10.0.0.1 3.25)"))
        #expect(bench.written.withLock { $0 }.isEmpty, "not even a row of ours")
        #expect(await bench.run(Estate.confirm).succeeded)
        #expect(bench.clock.elapsed >= .seconds(20))
    }

    @Test("X17: a write that never commits through the name leaves the traffic unconfirmed")
    func noWriteThroughTheClientsName() async {
        let bench = Bench()
        bench.names.withLock { $0 = { _ in DNSView(names: [Estate.endpoint.host], addresses: ["10.0.0.2"]) } }
        bench.through.withLock { $0 = { _ in Bench.saying(.stalled, "no commit in 5 s") } }
        let outcome = await bench.run(Estate.confirm, within: .seconds(60))
        #expect(outcome.retryable == true)
        #expect(outcome.detail.contains("through that name it does not serve yet: no commit in 5 s"))
    }
}
