import AWS
import Failover
import Testing

@testable import Execution

@Suite struct FenceTests {
    private func fencing(_ world: World = Estate.world) -> Bench { Bench(world, answering: false) }

    @Test func closesThenRestartsThenTries() async throws {
        let bench = fencing()
        let outcome = await bench.run(.fence(Estate.fence()))
        #expect(outcome.succeeded)
        #expect(await bench.aws.mutations == ["eu-west-1 ModifyDBInstance", "eu-west-1 RebootDBInstance"])
        #expect(Set(await bench.aws.calls.map(\.region)) == ["eu-west-1"])
        let modify = try #require(await bench.aws.last("ModifyDBInstance"))
        #expect(modify.list("VpcSecurityGroupIds.VpcSecurityGroupId") == ["sg-quarantine"])
        #expect(modify.parameters["ApplyImmediately"] == "true")
        #expect(outcome.detail.contains("new connections are refused"))
        #expect(outcome.detail.contains("established connections end"))
    }

    @Test func aQuickRestartFitsIntoTheUsualMinute() async {
        let bench = fencing()
        #expect(await bench.run(.fence(Estate.fence()), within: .seconds(60)).succeeded)
    }

    @Test func theSilenceOfARestartProvesNothing() async throws {
        let bench = fencing()
        #expect(await bench.run(.fence(Estate.fence())).succeeded)
        let instance = try #require(await bench.aws.world.instances.first { $0.identifier == "orders" })
        let served = try #require(instance.rebootedAt) + .seconds(20)
        #expect(bench.clock.now >= served + .seconds(5), "two looks at an old writer that serves again")
    }

    @Test func restartsOnlyOnceTheGroupsAreInForce() async throws {
        let bench = fencing()
        _ = await bench.run(.fence(Estate.fence()))
        let instance = try #require(await bench.aws.world.instances.first { $0.identifier == "orders" })
        let (modified, rebooted) = (try #require(instance.modifiedAt), try #require(instance.rebootedAt))
        #expect(rebooted - modified >= .seconds(8))
    }

    @Test func groupsThatAreClosedAlreadyAreNotSetAgain() async {
        let bench = fencing()
        #expect(await bench.run(.fence(Estate.fence())).succeeded)
        bench.clock.advance(.seconds(60))
        #expect(await bench.run(.fence(Estate.fence())).succeeded)
        #expect(await bench.aws.count("ModifyDBInstance") == 1)
    }

    @Test func afterACrashDuringTheRestartItIsNotRestartedAgain() async {
        let bench = fencing()
        let now = bench.clock.now
        await bench.aws.change {
            $0.instances[1].groups = ["sg-quarantine"]
            $0.instances[1].rebootedAt = now
        }
        #expect(await bench.run(.fence(Estate.fence()), inDoubt: true).succeeded)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func aRestartFromBeforeTheGroupsWereClosedDoesNotCount() async {
        let bench = fencing()
        let now = bench.clock.now
        await bench.aws.change {
            $0.instances[1].groups = ["sg-quarantine"]
            $0.instances[1].rebootedAt = now
        }
        #expect(await bench.run(.fence(Estate.fence())).succeeded)
        #expect(await bench.aws.mutations == ["eu-west-1 RebootDBInstance"])
    }

    @Test("X8: a hung writer that its restart heals behind an open door is not fenced")
    func anAnsweringEndpointIsNotFenced() async {
        let bench = fencing()
        bench.answersAfterRestart.withLock { $0 = true }
        let outcome = await bench.run(.fence(Estate.fence()), within: .seconds(120))
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == true)
        #expect(outcome.detail.contains("still answers"))
        #expect(await bench.aws.count("RebootDBInstance") == 1)
    }

    @Test func aWriterThatAnswersBehindItsClosedGroupsIsNotRestartedForNothing() async {
        let bench = Bench(Estate.world, answering: true)
        let outcome = await bench.run(.fence(Estate.fence()), within: .seconds(120))
        #expect(outcome.retryable == true)
        #expect(outcome.detail.contains("still answers"))
        #expect(await bench.aws.mutations == ["eu-west-1 ModifyDBInstance"])
    }

    @Test func aRestartThatOutlastsTheTryIsNotMadeAgain() async {
        let bench = fencing()
        await bench.aws.change { $0.instances[1].restart = .seconds(400) }
        for _ in 0..<2 {
            guard case .stillOwed(let because) = await bench.executor.settleFence(Estate.fence()) else {
                Issue.record("settled during the restart")
                return
            }
            #expect(because.contains("its silence proves nothing yet"))
        }
        guard case .settled(.fenced) = await bench.executor.settleFence(Estate.fence()) else {
            Issue.record("not fenced after the restart")
            return
        }
        #expect(await bench.aws.count("RebootDBInstance") == 1)
    }

    @Test func whoMayHaveComeInSinceTheRestartIsCutOffAgain() async {
        let bench = fencing()
        #expect(await bench.run(.fence(Estate.fence())).succeeded)
        await bench.aws.change {
            ($0.instances[1].groups, $0.instances[1].newGroups) = (["sg-app"], [])
            $0.instances[1].modifiedAt = nil
        }
        #expect(await bench.run(.fence(Estate.fence()), inDoubt: true).succeeded)
        #expect(await bench.aws.count("RebootDBInstance") == 2)
    }

    @Test func aQuarantineThatLetsSomebodyInIsNoFence() async {
        let bench = fencing()
        await bench.aws.change { $0.groups["sg-quarantine"] = 1 }
        let outcome = await bench.run(.fence(Estate.fence()))
        #expect(outcome.retryable == false)
        #expect(outcome.mayHaveHappened == true)
        #expect(outcome.detail.contains("sg-quarantine, attached to orders in eu-west-1, has inbound rules"))
        #expect(await bench.aws.mutations == ["eu-west-1 ModifyDBInstance"])
    }

    @Test func itsPortIsKnockedAtAndNothingIsWritten() async {
        let bench = fencing()
        #expect(await bench.run(.fence(Estate.fence())).succeeded)
        #expect(bench.knocks.withLock { $0 }.count == 3)
        #expect(bench.writes.withLock { $0 }.isEmpty)
    }

    @Test func aReplicaNeedsNoFence() async {
        let bench = fencing()
        await bench.aws.change { $0.instances[1].source = "arn:aws:rds:eu-central-1:1:db:orders-replica" }
        #expect(await bench.run(.fence(Estate.fence())).succeeded)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func anotherDatabaseOfThatNameIsLeftAlone() async {
        let bench = fencing()
        await bench.aws.change { $0.instances[1].resourceID = "db-STRANGER" }
        let outcome = await bench.run(.fence(Estate.fence()))
        #expect(outcome.detail.contains("left alone"))
        #expect(await bench.aws.mutations.isEmpty)
        guard case .settled(.cancelled) = await bench.executor.settleFence(Estate.fence()) else {
            Issue.record("a fence on a reused name is to be called off")
            return
        }
    }

    @Test func aRenamedOldWriterIsForAPerson() async {
        let bench = fencing()
        await bench.aws.change { $0.instances[1].identifier = "orders-old" }
        let outcome = await bench.run(.fence(Estate.fence()))
        #expect(outcome.retryable == false)
        #expect(outcome.detail.contains("orders-old"))
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func whatWasNeverSeenIsNotTakenForGone() async {
        let bench = fencing(World())
        #expect(await bench.run(.fence(Estate.fence(resourceID: nil))).retryable == false)
    }

    @Test func aSilentRegionIsSaidSoAndNothingIsInDoubt() async {
        let bench = fencing()
        await bench.aws.silence(Estate.old)
        let outcome = await bench.run(.fence(Estate.fence()), within: .seconds(10))
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == false)
        #expect(outcome.detail.contains("eu-west-1 gives no answer"))
        #expect(bench.clock.elapsed <= .seconds(11))
    }

    @Test func aRegionThatFallsSilentAfterwardsLeavesADoubt() async {
        let bench = fencing()
        await bench.aws.next("ModifyDBInstance", .silence)
        await bench.aws.always("DescribeDBInstances", nil)
        await bench.aws.next("DescribeDBInstances", nil, .silence, .silence, .silence, .silence)
        let outcome = await bench.run(.fence(Estate.fence()), within: .seconds(60))
        #expect(outcome.mayHaveHappened == true)
    }

    @Test func aLostReplyToTheRestartIsLookedInto() async {
        let bench = fencing()
        await bench.aws.next("RebootDBInstance", .lostReply)
        #expect(await bench.run(.fence(Estate.fence())).succeeded)
        #expect(await bench.aws.count("RebootDBInstance") == 1)
    }

    @Test(arguments: ["DescribeDBInstances", "ModifyDBInstance", "RebootDBInstance"])
    func aMissingPermissionEndsIt(operation: String) async {
        let bench = fencing()
        await bench.aws.always(operation, .denied)
        let outcome = await bench.run(.fence(Estate.fence()))
        #expect(outcome.retryable == false)
        #expect(outcome.mayHaveHappened == (operation == "RebootDBInstance"))
    }

    @Test func withoutLeaveToActNothingIsSent() async {
        let bench = fencing()
        bench.mayAct.withLock { $0 = false }
        #expect(await bench.run(.fence(Estate.fence())).mayHaveHappened == false)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func anAuroraClusterIsClosedAndItsWriterRestarted() async throws {
        let bench = fencing()
        #expect(await bench.run(.fence(Estate.fence(cluster: true))).succeeded)
        #expect(await bench.aws.mutations == ["eu-west-1 ModifyDBCluster", "eu-west-1 RebootDBInstance"])
        #expect(
            await bench.aws.last("RebootDBInstance")?.parameters["DBInstanceIdentifier"] == "ledger-old-1")
    }

    @Test func aConnectedAuroraSecondaryNeedsNoFence() async {
        let bench = fencing()
        await bench.aws.change { $0.globals = [Estate.ledWriter] }
        guard case .settled(.cancelled) = await bench.executor.settleFence(Estate.fence(cluster: true)) else {
            Issue.record("a secondary needs no fence")
            return
        }
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test("R1: an Aurora secondary by name that AWS has not rebuilt yet may still write: it is fenced")
    func anAuroraSecondaryThatIsNotRebuiltIsFenced() async {
        let bench = fencing()
        await bench.aws.change {
            $0.globals = [Estate.ledWriter]
            $0.globals[0].synchronization = "pending-resync"
        }
        guard case .settled(.fenced) = await bench.executor.settleFence(Estate.fence(cluster: true)) else {
            Issue.record("not fenced")
            return
        }
        #expect(await bench.aws.mutations == ["eu-west-1 ModifyDBCluster", "eu-west-1 RebootDBInstance"])
    }

    @Test func anAuroraWriterWithALeftOverReplicationSourceIsFenced() async {
        let bench = fencing()
        await bench.aws.change { $0.clusters[0].source = Estate.newCluster.arn }
        #expect(await bench.run(.fence(Estate.fence(cluster: true))).succeeded)
        #expect(await bench.aws.mutations == ["eu-west-1 ModifyDBCluster", "eu-west-1 RebootDBInstance"])
    }

    @Test func revokesEveryRuleOfTheNamedGroups() async throws {
        let bench = fencing()
        let outcome = await bench.run(.fence(Estate.fence(.revokeIngress(securityGroups: ["sg-app"]))))
        #expect(outcome.succeeded)
        #expect(
            await bench.aws.mutations == [
                "eu-west-1 RevokeSecurityGroupIngress", "eu-west-1 RebootDBInstance",
            ])
        let call = try #require(await bench.aws.last("RevokeSecurityGroupIngress"))
        #expect(call.parameters["IpPermissions.2.FromPort"] == "5433")
        #expect(await bench.aws.world.groups["sg-app"] == 0)
    }

    @Test func aGroupThatStaysAttachedAndLetsSomebodyInIsNoFence() async {
        let bench = fencing()
        await bench.aws.change {
            $0.instances[1].groups = ["sg-app", "sg-office"]
            $0.groups["sg-office"] = 1
        }
        let outcome = await bench.run(.fence(Estate.fence(.revokeIngress(securityGroups: ["sg-app"]))))
        #expect(outcome.retryable == false)
        #expect(outcome.detail.contains("sg-office"))
        #expect(await bench.aws.count("RebootDBInstance") == 0)
    }

    @Test func aGroupThatStaysAttachedAndLetsNobodyInIsFine() async {
        let bench = fencing()
        await bench.aws.change {
            $0.instances[1].groups = ["sg-app", "sg-office"]
            $0.groups["sg-office"] = 0
        }
        let outcome = await bench.run(.fence(Estate.fence(.revokeIngress(securityGroups: ["sg-app"]))))
        #expect(outcome.succeeded)
        #expect(outcome.detail.contains("sg-office let nobody in"))
    }

    @Test(arguments: [
        (IPPermission(ipProtocol: "tcp", fromPort: 5432, toPort: 5432), true),
        (IPPermission(ipProtocol: "6", fromPort: 5000, toPort: 6000), true),
        (IPPermission(ipProtocol: "tcp", fromPort: 22, toPort: 22), false),
        (IPPermission(ipProtocol: "tcp", fromPort: 5433, toPort: 6000), false),
        (IPPermission(ipProtocol: "udp", fromPort: 5432, toPort: 5432), false),
        (IPPermission(ipProtocol: "-1"), true),
        (IPPermission(ipProtocol: "tcp", fromPort: -1, toPort: -1), true),
    ])
    func aRuleLetsInWhoItReaches(rule: IPPermission, reaches: Bool) {
        #expect(rule.reaches(5432) == reaches)
        #expect(rule.reaches(nil))
    }

    @Test func rulesThatAreGoneAlreadyAreNoFailure() async {
        let bench = fencing()
        await bench.aws.next("RevokeSecurityGroupIngress", .lostReply)
        #expect(await bench.run(.fence(Estate.fence(.revokeIngress(securityGroups: ["sg-app"])))).succeeded)
        #expect(await bench.aws.effects["RevokeSecurityGroupIngress"] == 1)
    }

    @Test func noFencingIsSaidSo() async {
        let bench = fencing()
        let outcome = await bench.run(.fence(Estate.fence(.none)))
        #expect(outcome == .succeeded(detail: "nothing is fenced, as configured"))
        #expect(await bench.aws.calls.isEmpty)
    }

    @Test func aFenceWithoutGroupsIsNoFence() async {
        let bench = fencing()
        #expect(await bench.run(.fence(Estate.fence(.quarantine(securityGroups: [])))).retryable == false)
        #expect(await bench.run(.fence(Estate.fence(.revokeIngress(securityGroups: [])))).retryable == false)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func anOwedFenceIsMade() async {
        let bench = fencing()
        guard case .settled(.fenced(let detail)) = await bench.executor.settleFence(Estate.fence()) else {
            Issue.record("not fenced")
            return
        }
        #expect(detail.contains("sg-quarantine"))
    }

    @Test func anOwedFenceStaysOwedWhileTheRegionIsSilentAndTakesThreeMinutesAtMost() async {
        let bench = fencing()
        await bench.aws.silence(Estate.old)
        guard case .stillOwed(let because) = await bench.executor.settleFence(Estate.fence()) else {
            Issue.record("settled without an answer")
            return
        }
        #expect(because.contains("gives no answer"))
        #expect(bench.clock.elapsed <= .seconds(181))
    }

    @Test func anOwedFenceOnAWriterThatIsGoneIsCalledOff() async {
        let bench = fencing(World())
        guard case .settled(.cancelled) = await bench.executor.settleFence(Estate.fence()) else {
            Issue.record("nothing is left to fence")
            return
        }
    }
}
