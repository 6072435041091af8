import Failover
import Testing

@testable import Execution

@Suite struct AwaitWriterTests {
    @Test("X3: an accepted promotion is not a finished one")
    func acceptedIsNotFinished() async {
        let bench = Bench(Estate.world)
        let promoted = bench.clock.now
        await bench.aws.change { $0.instances[0].promotedAt = promoted }
        #expect(await bench.run(Estate.awaitInstance).succeeded)
        #expect(bench.clock.now - promoted >= .seconds(60), "the source was still named before")
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func waitsForTheEndpointToAnswer() async {
        let bench = Bench(Estate.world)
        let start = bench.clock.now
        await bench.aws.change { $0.instances[0].source = nil }
        bench.probe.withLock {
            $0 = { now in now - start < .seconds(45) ? Bench.refusing : Bench.answering }
        }
        #expect(await bench.run(Estate.awaitInstance).succeeded)
        #expect(bench.clock.elapsed >= .seconds(45))
    }

    @Test func anEndpointThatCannotBeProbedProvesNothing() async {
        let bench = Bench(Estate.world)
        await bench.aws.change { $0.instances[0].source = nil }
        bench.probe.withLock { $0 = { _ in .unknown(reason: .nameNotResolved, detail: "no such name") } }
        let outcome = await bench.run(Estate.awaitInstance, within: .seconds(60))
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == false)
        #expect(outcome.detail.contains("could not be probed"))
    }

    @Test("X7: one good look between stale ones is not enough")
    func oneGoodLookBetweenStaleOnesIsNotEnough() async {
        let bench = Bench(Estate.world)
        let start = bench.clock.now
        await bench.aws.change {
            $0.instances[0].promotedAt = start - .seconds(90)
            ($0.staleness, $0.alternates, $0.truthFrom) = (.seconds(80), true, start + .seconds(31))
        }
        #expect(await bench.run(Estate.awaitInstance).succeeded)
        #expect(bench.clock.elapsed >= .seconds(31))
    }

    @Test func refusesAnInstanceThatTookTheName() async {
        let bench = Bench(Estate.world)
        await bench.aws.change { ($0.instances[0].source, $0.instances[0].resourceID) = (nil, "db-STRANGER") }
        #expect(await bench.run(Estate.awaitInstance).retryable == false)
    }

    @Test func aDetachedClusterIsAWriter() async {
        let bench = Bench(Estate.world)
        let start = bench.clock.now
        await bench.aws.change {
            ($0.globals[0].leaving, $0.globals[0].leavingAt) = (Estate.newCluster.arn, start)
        }
        #expect(await bench.run(Estate.awaitCluster).succeeded)
        #expect(bench.clock.now - start >= .seconds(40))
        #expect(Set(await bench.aws.calls.map(\.region)) == ["eu-central-1"])
    }

    @Test(arguments: [[], [Estate.ledWriter]])
    func aReplicationSourceThatIsLeftOverDoesNotMatter(globals: [GlobalModel]) async {
        let bench = Bench(Estate.world)
        await bench.aws.change {
            $0.globals = globals
            $0.clusters[1].source = Estate.oldCluster.arn
        }
        #expect(await bench.run(Estate.awaitCluster).succeeded)
        #expect(bench.clock.elapsed < .seconds(30))
    }

    @Test func aClusterFailedOverToIsAWriterOnceTheGlobalClusterIsAtRest() async {
        let bench = Bench(Estate.world)
        let start = bench.clock.now
        await bench.aws.change {
            ($0.globals[0].target, $0.globals[0].failingOverAt) = (Estate.newCluster.arn, start)
        }
        #expect(await bench.run(Estate.awaitCluster).succeeded)
        #expect(bench.clock.now - start >= .seconds(60))
    }

    @Test func aClusterWithoutInstancesIsNoWriter() async {
        let bench = Bench(Estate.world)
        await bench.aws.change {
            $0.globals = []
            $0.clusters[1].members = []
        }
        let outcome = await bench.run(Estate.awaitCluster)
        #expect(outcome.retryable == false)
        #expect(outcome.detail.contains("no DB instance"))
    }

    @Test func aClusterWhoseInstancesAreStillRebootingIsWaitedFor() async {
        let bench = Bench(Estate.world)
        let start = bench.clock.now
        await bench.aws.change {
            $0.globals = []
            $0.instances[3].rebootedAt = start
        }
        #expect(await bench.run(Estate.awaitCluster).succeeded)
        #expect(bench.clock.elapsed >= .seconds(20))
    }

    @Test func aSecondaryIsNeverTakenForAWriter() async {
        let bench = Bench(Estate.world)
        let outcome = await bench.run(Estate.awaitCluster, within: .seconds(60))
        #expect(outcome.detail.contains("still a secondary"))
    }

    @Test func aSilentRegionEndsItAtTheDeadline() async {
        let bench = Bench(Estate.world)
        await bench.aws.silence(Estate.new)
        let outcome = await bench.run(Estate.awaitInstance, within: .seconds(90))
        #expect(outcome.retryable == true)
        #expect(outcome.detail.contains("gives no answer"))
        #expect(bench.clock.elapsed <= .seconds(91))
    }

    @Test("X3: where SQL is asked, the writer is there when a write has committed, not when its port answers")
    func waitsForACommittedWrite() async {
        let bench = Bench(Estate.world)
        let start = bench.clock.now
        await bench.aws.change { $0.instances[0].source = nil }
        bench.probe.withLock {
            $0 = { now in
                switch now - start {
                case ..<Duration.seconds(20): Bench.saying(.readOnly, "it is in recovery, as a replica is")
                case ..<Duration.seconds(40): Bench.saying(.stalled, "a write does not commit")
                default: Bench.saying(.wrote, "committed a write at 0/3000148 in 9 ms")
                }
            }
        }
        let outcome = await bench.run(Estate.awaitInstance)
        #expect(bench.clock.elapsed >= .seconds(40))
        #expect(outcome.detail.contains("answers in SQL (committed a write at 0/3000148 in 9 ms)"))
    }

    @Test(
        "INV3: nothing but a committed write lets the traffic go on",
        arguments: [SQLAnswer.Outcome.stalled, .readOnly, .crowded, .turnedAway, .misconfigured])
    func noProofNoTraffic(answer: SQLAnswer.Outcome) async {
        let bench = Bench(Estate.world)
        await bench.aws.change { $0.instances[0].source = nil }
        bench.probe.withLock { $0 = { _ in Bench.saying(answer, "why not") } }
        let outcome = await bench.run(Estate.awaitInstance, within: .seconds(60))
        #expect(outcome.retryable == true)
        #expect(outcome.detail.contains("why not"))
    }
}
