import Failover
import Testing

@testable import Execution

@Suite struct DetachTests {
    @Test func detachesOnceInTheSecondarysRegion() async throws {
        let bench = Bench(Estate.world)
        #expect(await bench.run(Estate.detach).succeeded)
        #expect(await bench.aws.mutations == ["eu-central-1 RemoveFromGlobalCluster"])
        #expect(Set(await bench.aws.calls.map(\.region)) == ["eu-central-1"])
        let call = try #require(await bench.aws.last("RemoveFromGlobalCluster"))
        #expect(call.parameters["DbClusterIdentifier"] == Estate.newCluster.arn)
        #expect(await bench.run(Estate.detach).succeeded)
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test func aLostReplyIsLookedInto() async {
        let bench = Bench(Estate.world)
        await bench.aws.next("RemoveFromGlobalCluster", .lostReply)
        let outcome = await bench.run(Estate.detach)
        #expect(outcome.succeeded)
        #expect(await bench.aws.effects["RemoveFromGlobalCluster"] == 1)
    }

    @Test func waitsWhileTheGlobalClusterMoves() async {
        let bench = Bench(Estate.world)
        let now = bench.clock.now
        await bench.aws.change {
            ($0.globals[0].target, $0.globals[0].failingOverAt) = (Estate.newCluster.arn, now)
        }
        let outcome = await bench.run(Estate.detach)
        #expect(outcome.succeeded, "AWS made it the writer meanwhile")
        #expect(outcome.detail.contains("leads"))
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func staleViewsAfterALostReplyDoNotTurnItsEchoIntoAFailure() async {
        let bench = Bench(Estate.world)
        let end = bench.clock.now + .seconds(60)
        await bench.aws.change { ($0.staleness, $0.truthFrom) = (.seconds(100), end) }
        await bench.aws.next(
            "RemoveFromGlobalCluster", .lostReply, .refused(Refusal("DBClusterNotFoundFault", status: 404)))
        #expect(await bench.run(Estate.detach).succeeded)
        #expect(await bench.aws.effects["RemoveFromGlobalCluster"] == 1)
    }

    @Test func aRegionThatHasNoMemberAnyMoreNeedNotKnowTheGlobalCluster() async {
        let bench = Bench(Estate.world)
        await bench.aws.always("DescribeGlobalClusters", Self.unknownGlobalCluster)
        #expect(await bench.run(Estate.detach, inDoubt: true).succeeded)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func refusesAClusterThatIsGone() async {
        let bench = Bench(Estate.world)
        await bench.aws.change { $0.clusters = [] }
        await bench.aws.always("DescribeGlobalClusters", Self.unknownGlobalCluster)
        #expect(await bench.run(Estate.detach).retryable == false)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test(arguments: ["DescribeGlobalClusters", "RemoveFromGlobalCluster"])
    func aMissingPermissionEndsItAtOnce(operation: String) async {
        let bench = Bench(Estate.world)
        await bench.aws.always(operation, .denied)
        let outcome = await bench.run(Estate.detach)
        #expect(outcome.retryable == false)
        #expect(outcome.mayHaveHappened == false)
    }

    static let unknownGlobalCluster = Fault.refused(Refusal("GlobalClusterNotFoundFault", status: 404))
}

@Suite struct GlobalFailoverTests {
    @Test("X4: the failover is asked of the target's Region, with data loss allowed")
    func failsOverWithDataLossAllowedInTheTargetsRegion() async throws {
        let bench = Bench(Estate.world)
        #expect(await bench.run(Estate.globalFailover).succeeded)
        #expect(await bench.aws.mutations == ["eu-central-1 FailoverGlobalCluster"])
        let call = try #require(await bench.aws.last("FailoverGlobalCluster"))
        #expect(call.parameters["AllowDataLoss"] == "true")
        #expect(call.parameters["TargetDbClusterIdentifier"] == Estate.newCluster.arn)
        #expect(call.parameters["Switchover"] == nil)
    }

    @Test func aFailoverThatIsOnlyVerifiedIsNotUnderWayYet() async {
        let bench = Bench(Estate.world)
        #expect(await bench.run(Estate.globalFailover).succeeded)
        #expect(bench.clock.elapsed >= .seconds(10), "it was pending until then")
    }

    @Test("a failover that AWS accepts and then cancels stops the plan, and its resumption sends it again")
    func aCancelledFailover() async {
        let bench = Bench(Estate.world)
        await bench.aws.change { $0.globals[0].isCancelled = true }
        let outcome = await bench.run(Estate.globalFailover, within: .seconds(1800))
        #expect(outcome.retryable == false)
        #expect(outcome.mayHaveHappened == true)
        #expect(outcome.detail.contains("somebody has cancelled it"))
        #expect(bench.clock.elapsed <= .seconds(180))
        #expect(await bench.aws.mutations.count == 1)
        #expect(await bench.run(Estate.globalFailover, inDoubt: true).succeeded)
        #expect(await bench.aws.mutations.count == 2)
    }

    @Test func aSecondRunSendsNothingWhileItIsUnderWayAndAfterwards() async {
        let bench = Bench(Estate.world)
        #expect(await bench.run(Estate.globalFailover).succeeded)
        #expect(await bench.run(Estate.globalFailover, inDoubt: true).succeeded)
        bench.clock.advance(.seconds(120))
        #expect(await bench.run(Estate.globalFailover).succeeded)
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test func aLostReplyIsLookedInto() async {
        let bench = Bench(Estate.world)
        await bench.aws.next("FailoverGlobalCluster", .lostReply)
        #expect(await bench.run(Estate.globalFailover).succeeded)
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test func leavesAFailoverToAnotherClusterAlone() async {
        let bench = Bench(Estate.world)
        let now = bench.clock.now
        await bench.aws.change {
            $0.globals[0].secondaries.append("arn:aws:rds:us-east-1:1:cluster:third")
            ($0.globals[0].target, $0.globals[0].failingOverAt) = (
                "arn:aws:rds:us-east-1:1:cluster:third", now
            )
        }
        let outcome = await bench.run(Estate.globalFailover, within: .seconds(50))
        #expect(outcome.retryable == true)
        #expect(outcome.detail.contains("third"))
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func aSwitchoverThatHangsIsNoFailoverUnderWay() async {
        let bench = Bench(Estate.world)
        let now = bench.clock.now
        await bench.aws.change {
            ($0.globals[0].target, $0.globals[0].failingOverAt) = (Estate.newCluster.arn, now)
            $0.globals[0].dataLossAllowed = false
        }
        let outcome = await bench.run(Estate.globalFailover, within: .seconds(50))
        #expect(!outcome.succeeded)
        #expect(outcome.detail.contains("switchover"))
    }

    @Test func refusesAClusterThatIsNoMember() async {
        let bench = Bench(Estate.world)
        await bench.aws.change { $0.globals[0].secondaries = [] }
        #expect(await bench.run(Estate.globalFailover).retryable == false)
        #expect(await bench.aws.mutations.isEmpty)
    }
}
