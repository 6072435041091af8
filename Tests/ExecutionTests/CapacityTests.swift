import AWS
import Failover
import Testing

@testable import Execution

extension Estate {
    static let web = Capacity(
        region: new, resource: .ecsService(cluster: "shop", service: "web"), desired: 6)
    static let workers = Capacity(region: new, resource: .autoScalingGroup(name: "workers"), desired: 4)
    static let awaitBoth = Action.awaitCapacity(AwaitCapacity(capacities: [web, workers]))
}

@Suite struct RaiseCapacityTests {
    @Test func tellsAServiceItsNumberOnceInItsRegion() async throws {
        let bench = Bench()
        #expect(await bench.run(.raiseCapacity(Estate.web)).succeeded)
        #expect(await bench.aws.mutations == ["eu-central-1 UpdateService"])
        let call = try #require(await bench.aws.last("UpdateService"))
        #expect(call.parameters == ["service": "web", "cluster": "shop", "desiredCount": "6"])
        #expect(bench.clock.elapsed < .seconds(30), "whether they run is the later step's to wait for")
    }

    @Test func tellsAGroupItsNumberAndItsLeast() async throws {
        let bench = Bench()
        #expect(await bench.run(.raiseCapacity(Estate.workers)).succeeded)
        #expect(await bench.aws.mutations == ["eu-central-1 UpdateAutoScalingGroup"])
        let call = try #require(await bench.aws.last("UpdateAutoScalingGroup"))
        #expect(call.parameters["AutoScalingGroupName"] == "workers")
        #expect(call.parameters["DesiredCapacity"] == "4")
        #expect(call.parameters["MinSize"] == "4")
        #expect(call.parameters["MaxSize"] == nil)
    }

    @Test(arguments: [6, 9]) func neverLowersWhatIsLargeEnough(desired: Int) async {
        let bench = Bench()
        await bench.aws.change {
            $0.service.desired = desired
            $0.group.desired = desired
            $0.group.least = desired
        }
        #expect(await bench.run(.raiseCapacity(Estate.web)).succeeded)
        #expect(await bench.run(.raiseCapacity(Estate.workers)).succeeded)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func aGroupThatItsOwnScalingWouldShrinkKeepsWhatItHas() async throws {
        let bench = Bench()
        await bench.aws.change { $0.group.desired = 9 }
        #expect(await bench.run(.raiseCapacity(Estate.workers)).succeeded)
        let call = try #require(await bench.aws.last("UpdateAutoScalingGroup"))
        #expect(call.parameters["MinSize"] == "4")
        #expect(call.parameters["DesiredCapacity"] == nil, "never lowered")
    }

    @Test func aSecondRunSendsNothing() async {
        let bench = Bench()
        #expect(await bench.run(.raiseCapacity(Estate.web)).succeeded)
        #expect(await bench.run(.raiseCapacity(Estate.web), inDoubt: true).succeeded)
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test func aLostReplyIsLookedIntoAndALostRequestSentAgainWithoutAWait() async {
        for (fault, sent) in [(Fault.lostReply, 1), (.lostRequest, 2)] {
            let bench = Bench()
            await bench.aws.next("UpdateService", fault)
            #expect(await bench.run(.raiseCapacity(Estate.web), within: .seconds(60)).succeeded)
            #expect(await bench.aws.count("UpdateService") == sent)
            #expect(await bench.aws.effects["UpdateService"] == 1)
            #expect(bench.clock.elapsed < .seconds(30), "an absolute number need not settle")
        }
    }

    @Test func aGroupThatMayNotBeSoLargeIsRefusedWithWhatToDo() async {
        let bench = Bench()
        await bench.aws.change { $0.group.most = 3 }
        let outcome = await bench.run(.raiseCapacity(Estate.workers))
        #expect(outcome.retryable == false)
        #expect(outcome.detail.contains("may have 3 at most: raise its MaxSize to 4"))
        #expect(outcome.detail.contains("aws autoscaling update-auto-scaling-group --region eu-central-1"))
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func whatIsGoneOrBeingDeletedIsRefused() async {
        let bench = Bench()
        await bench.aws.change {
            $0.service.status = "DRAINING"
            $0.group.status = "Delete in progress"
        }
        #expect(await bench.run(.raiseCapacity(Estate.web)).detail.contains("is DRAINING"))
        #expect(await bench.run(.raiseCapacity(Estate.workers)).detail.contains("is in state Delete in"))
        await bench.aws.change {
            $0.service.exists = false
            $0.group.exists = false
        }
        for capacity in [Estate.web, Estate.workers] {
            let outcome = await bench.run(.raiseCapacity(capacity))
            #expect(outcome.retryable == false)
            #expect(outcome.detail.contains("there is no \(capacity.label)"))
        }
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func aMissingPermissionOrClusterEndsItAndSilenceIsTriedToTheDeadline() async {
        for code in ["AccessDeniedException", "ClusterNotFoundException"] {
            let bench = Bench()
            await bench.aws.always("DescribeServices", .refused(Refusal(code)))
            #expect(await bench.run(.raiseCapacity(Estate.web)).retryable == false)
        }
        let bench = Bench()
        await bench.aws.silence("eu-central-1")
        let outcome = await bench.run(.raiseCapacity(Estate.web), within: .seconds(60))
        #expect(outcome.retryable == true)
        #expect(outcome.detail.contains("eu-central-1 gives no answer"))
        #expect(bench.clock.elapsed <= .seconds(61))
    }

    @Test func nothingIsSentWithoutLeaveToAct() async {
        let bench = Bench()
        bench.mayAct.withLock { $0 = false }
        #expect(await bench.run(.raiseCapacity(Estate.web)).succeeded == false)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func aDryRunNamesTheLookAndTheCall() {
        let executor = Bench().executor
        func lines(_ action: Action) -> [String] {
            let step = Step(
                id: "4", action: action, timeout: .seconds(60), tries: 1, onFailure: .noteUnconfirmed)
            return executor.plannedCalls(for: step).map {
                "\($0.service) \($0.operation)\($0.mutates ? "!" : "") \($0.region)"
            }
        }
        #expect(
            lines(.raiseCapacity(Estate.web)) == [
                "ecs DescribeServices eu-central-1", "ecs UpdateService! eu-central-1",
            ])
        #expect(
            lines(.raiseCapacity(Estate.workers)) == [
                "autoscaling DescribeAutoScalingGroups eu-central-1",
                "autoscaling UpdateAutoScalingGroup! eu-central-1",
            ])
        #expect(lines(Estate.awaitBoth).count == 2)
    }
}

@Suite struct AwaitCapacityTests {
    private func raised() async -> Bench {
        let bench = Bench()
        await bench.aws.change {
            $0.service.desired = 6
            $0.service.changedAt = bench.clock.now
            $0.group.desired = 4
            $0.group.changedAt = bench.clock.now
        }
        return bench
    }

    @Test func waitsUntilAllOfItRuns() async {
        let bench = await raised()
        await bench.aws.change { $0.group.startsAfter = .seconds(150) }
        let outcome = await bench.run(Estate.awaitBoth)
        #expect(outcome.succeeded)
        #expect(bench.clock.elapsed >= .seconds(150))
        #expect(bench.clock.elapsed < .seconds(180))
        #expect(outcome.detail.contains("6 of 6 run of ECS service shop/web"))
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func saysWhatIsMissingWhenTheTimeIsUp() async {
        let bench = await raised()
        await bench.aws.change { $0.service.startsAfter = nil }
        let outcome = await bench.run(Estate.awaitBoth, within: .seconds(120))
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == false)
        #expect(outcome.detail.contains("1 of 6 run of ECS service shop/web in eu-central-1"))
        #expect(bench.clock.elapsed <= .seconds(121))
    }

    @Test func doesNotWaitForWhatWasNeverToldToGrow() async {
        let bench = Bench()
        await bench.aws.change {
            $0.group.desired = 4
            $0.group.running = 4
        }
        let outcome = await bench.run(Estate.awaitBoth)
        #expect(outcome.retryable == false)
        #expect(outcome.detail.contains("which shall have 1. By hand: aws ecs update-service"))
        #expect(bench.clock.elapsed < .seconds(30), "clients wait meanwhile")
    }

    @Test func aPendingOrIllInstanceDoesNotCount() {
        var group = AutoScalingGroup()
        let seen = [("InService", "Healthy"), ("Pending", "Healthy"), ("InService", "Unhealthy")]
        for (state, health) in seen {
            var instance = AutoScalingInstance()
            (instance.lifecycleState, instance.healthStatus) = (state, health)
            group.instances.append(instance)
        }
        #expect(CapacityView(group).running == 1)
    }
}
