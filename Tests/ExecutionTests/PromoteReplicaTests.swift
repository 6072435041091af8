import Failover
import Testing

@testable import Execution

@Suite struct PromoteReplicaTests {
    @Test func promotesOnceInTheReplicasRegionAndKeepsItsRetention() async throws {
        let bench = Bench(Estate.world)
        #expect(await bench.run(Estate.promote).succeeded)
        #expect(await bench.aws.mutations == ["eu-central-1 PromoteReadReplica"])
        #expect(Set(await bench.aws.calls.map(\.region)) == ["eu-central-1"])
        let call = try #require(await bench.aws.last("PromoteReadReplica"))
        #expect(call.parameters["BackupRetentionPeriod"] == "7")
        #expect(call.parameters["DBInstanceIdentifier"] == "orders-replica")
    }

    @Test func givesAReplicaWithoutBackupsOneDay() async {
        let bench = Bench(Estate.world)
        await bench.aws.change { $0.instances[0].retention = 0 }
        _ = await bench.run(Estate.promote)
        #expect(await bench.aws.last("PromoteReadReplica")?.parameters["BackupRetentionPeriod"] == "1")
    }

    @Test func aSecondRunSendsNothing() async {
        let bench = Bench(Estate.world)
        #expect(await bench.run(Estate.promote).succeeded)
        #expect(await bench.run(Estate.promote, inDoubt: true).succeeded)
        bench.clock.advance(.seconds(300))
        #expect(await bench.run(Estate.promote).succeeded)
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test func waitsForABackupToEnd() async {
        let bench = Bench(Estate.world)
        await bench.aws.change { $0.instances[0].status = "backing-up" }
        let outcome = await bench.run(Estate.promote, within: .seconds(60))
        #expect(await bench.aws.mutations.isEmpty)
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == false)
        #expect(outcome.detail.contains("backing-up"))
    }

    @Test func refusesAnInstanceThatTookTheName() async {
        let bench = Bench(Estate.world)
        await bench.aws.change { $0.instances[0].resourceID = "db-STRANGER" }
        let outcome = await bench.run(Estate.promote)
        #expect(outcome.retryable == false)
        #expect(outcome.detail.contains("reused"))
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func refusesWhatIsGone() async {
        let bench = Bench(World())
        #expect(await bench.run(Estate.promote).retryable == false)
    }

    @Test func refusesAStoppedReplicaAtOnce() async {
        let bench = Bench(Estate.world)
        await bench.aws.change { $0.instances[0].status = "stopped" }
        #expect(await bench.run(Estate.promote).retryable == false)
        #expect(bench.clock.elapsed < .seconds(30))
    }

    @Test("X2: a lost reply is looked into, and nothing is sent twice")
    func aLostReplyIsLookedInto() async {
        let bench = Bench(Estate.world)
        await bench.aws.next("PromoteReadReplica", .lostReply)
        #expect(await bench.run(Estate.promote).succeeded)
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test func aLostRequestIsSentAgainOnlyOnceNothingOfItWasSeenForTheSettleTime() async {
        let bench = Bench(Estate.world)
        await bench.aws.next("PromoteReadReplica", .lostRequest)
        #expect(await bench.run(Estate.promote).succeeded)
        #expect(await bench.aws.mutations.count == 2)
        #expect(await bench.aws.effects["PromoteReadReplica"] == 1)
        #expect(bench.clock.elapsed >= .seconds(30))
    }

    @Test(arguments: [false, true]) func staleViewsForAMinuteDoNotRepeatIt(alternating: Bool) async {
        let bench = Bench(Estate.world)
        let end = bench.clock.now + .seconds(60)
        await bench.aws.change {
            ($0.staleness, $0.alternates, $0.truthFrom) = (.seconds(100), alternating, end)
        }
        #expect(await bench.run(Estate.promote).succeeded)
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test("X7: alternating views after a lost reply do not repeat it")
    func alternatingViewsAfterALostReplyDoNotRepeatIt() async {
        let bench = Bench(Estate.world)
        let end = bench.clock.now + .seconds(60)
        await bench.aws.change { ($0.staleness, $0.alternates, $0.truthFrom) = (.seconds(100), true, end) }
        await bench.aws.next("PromoteReadReplica", .lostReply)
        #expect(await bench.run(Estate.promote).succeeded)
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test("X1: after a crash before the call it is made once, when the views have settled")
    func afterACrashBeforeTheCallItIsMadeOnceTheViewsHaveSettled() async {
        let bench = Bench(Estate.world)
        #expect(await bench.run(Estate.promote, inDoubt: true).succeeded)
        #expect(await bench.aws.mutations.count == 1)
        #expect(bench.clock.elapsed >= .seconds(30))
    }

    @Test func afterACrashRightAfterTheCallItIsNotMadeAgain() async {
        let bench = Bench(Estate.world)
        let now = bench.clock.now
        await bench.aws.change {
            $0.instances[0].promotedAt = now
            // The first 20 s show the state of before.
            ($0.staleness, $0.truthFrom) = (.seconds(100), now + .seconds(20))
        }
        #expect(await bench.run(Estate.promote, inDoubt: true).succeeded)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func aStateRefusalIsAnsweredByLooking() async {
        let bench = Bench(Estate.world)
        await bench.aws.next("PromoteReadReplica", .refused(Refusal("InvalidDBInstanceState")))
        #expect(await bench.run(Estate.promote).succeeded)
        #expect(await bench.aws.effects["PromoteReadReplica"] == 1)
    }

    @Test("X6: throttling is waited out", arguments: ["DescribeDBInstances", "PromoteReadReplica"])
    func throttlingIsWaitedOut(operation: String) async {
        let bench = Bench(Estate.world)
        await bench.aws.next(operation, .throttled, .throttled, .throttled, .throttled, .throttled)
        #expect(await bench.run(Estate.promote).succeeded)
        #expect(await bench.aws.effects["PromoteReadReplica"] == 1)
    }

    @Test("X6: throttling for ever ends at the deadline with few calls")
    func throttlingForEverEndsAtTheDeadlineWithFewCalls() async {
        let bench = Bench(Estate.world)
        await bench.aws.always("*", .throttled)
        let outcome = await bench.run(Estate.promote, within: .seconds(300))
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == false)
        #expect(await bench.aws.calls.count <= 45)
        #expect(bench.clock.elapsed <= .seconds(301))
    }

    @Test(arguments: ["DescribeDBInstances", "PromoteReadReplica"])
    func aMissingPermissionEndsItAtOnce(operation: String) async {
        let bench = Bench(Estate.world)
        await bench.aws.always(operation, .denied)
        let outcome = await bench.run(Estate.promote)
        #expect(outcome.retryable == false)
        #expect(outcome.mayHaveHappened == false)
        #expect(outcome.detail.contains("rds:\(operation)"))
        #expect(await bench.aws.count(operation) == 1)
    }

    @Test func aPermissionThatIsTakenAwayAfterTheCallLeavesADoubt() async {
        let bench = Bench(Estate.world)
        await bench.aws.next("DescribeDBInstances", nil, .denied)
        let outcome = await bench.run(Estate.promote)
        #expect(outcome.retryable == false)
        #expect(outcome.mayHaveHappened == true)
    }

    @Test func aSilentRegionIsSaidSoAtTheDeadline() async {
        let bench = Bench(Estate.world)
        await bench.aws.silence(Estate.new)
        let outcome = await bench.run(Estate.promote, within: .seconds(90))
        #expect(outcome.detail.contains("eu-central-1 gives no answer"))
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == false)
        #expect(bench.clock.elapsed <= .seconds(91))
    }

    @Test func aBrokenServiceThatMayHaveActedIsNotAskedBlindlyAgain() async {
        let bench = Bench(Estate.world)
        await bench.aws.always("PromoteReadReplica", .broken)
        let outcome = await bench.run(Estate.promote, within: .seconds(60))
        #expect(outcome.mayHaveHappened == true)
        #expect(await bench.aws.mutations.count <= 2)
    }

    @Test func withoutLeaveToActNothingIsSent() async {
        let bench = Bench(Estate.world)
        bench.mayAct.withLock { $0 = false }
        let outcome = await bench.run(Estate.promote)
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == false)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func aPassedDeadlineSendsNothing() async {
        let bench = Bench(Estate.world)
        let outcome = await bench.run(Estate.promote, inDoubt: true, within: .zero)
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == true)
        #expect(await bench.aws.calls.isEmpty)
    }
}
