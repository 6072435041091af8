import AWS
import Failover
import Testing

@testable import Execution

extension Estate {
    static let web = Capacity(
        region: new, resource: .ecsService(cluster: "shop", service: "web"), desired: 6)
    static let workers = Capacity(region: new, resource: .autoScalingGroup(name: "workers"), desired: 4)
    static let raiseWeb = Action.raiseCapacity(RaiseCapacity(capacities: [web]))
    static let raiseWorkers = Action.raiseCapacity(RaiseCapacity(capacities: [workers]))
    static let raiseBoth = Action.raiseCapacity(RaiseCapacity(capacities: [web, workers]))
    static let awaitBoth = Action.awaitCapacity(AwaitCapacity(capacities: [web, workers]))
}

@Suite struct RaiseCapacityTests {
    @Test func tellsAServiceItsNumberOnceInItsRegion() async throws {
        let bench = Bench()
        #expect(await bench.run(Estate.raiseWeb).succeeded)
        #expect(await bench.aws.mutations == ["eu-central-1 UpdateService"])
        let call = try #require(await bench.aws.last("UpdateService"))
        #expect(call.parameters == ["service": "web", "cluster": "shop", "desiredCount": "6"])
        #expect(bench.clock.elapsed < .seconds(30), "whether they run is the later step's to wait for")
    }

    @Test func tellsAGroupItsNumberAndItsLeast() async throws {
        let bench = Bench()
        #expect(await bench.run(Estate.raiseWorkers).succeeded)
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
        #expect(await bench.run(Estate.raiseWeb).succeeded)
        #expect(await bench.run(Estate.raiseWorkers).succeeded)
        #expect(await bench.aws.mutations.isEmpty)
    }

    /// More may run than is wanted.
    @Test func aNumberThatIsMissingIsNotZero() async {
        let bench = Bench()
        await bench.aws.change {
            ($0.service.desired, $0.service.tells) = (9, false)
            ($0.group.desired, $0.group.tells) = (9, false)
        }
        let outcome = await bench.run(Estate.raiseBoth)
        #expect(!outcome.succeeded && outcome.detail.contains("without how many of it shall run"))
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func aGroupThatItsOwnScalingWouldShrinkKeepsWhatItHas() async throws {
        let bench = Bench()
        await bench.aws.change { $0.group.desired = 9 }
        #expect(await bench.run(Estate.raiseWorkers).succeeded)
        let call = try #require(await bench.aws.last("UpdateAutoScalingGroup"))
        #expect(call.parameters["MinSize"] == "4")
        #expect(call.parameters["DesiredCapacity"] == nil, "never lowered")
    }

    @Test func aSecondRunSendsNothing() async {
        let bench = Bench()
        #expect(await bench.run(Estate.raiseWeb).succeeded)
        #expect(await bench.run(Estate.raiseWeb, inDoubt: true).succeeded)
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test func aLostReplyIsLookedIntoAndALostRequestSentAgainWithoutAWait() async {
        for (fault, sent) in [(Fault.lostReply, 1), (.lostRequest, 2)] {
            let bench = Bench()
            await bench.aws.next("UpdateService", fault)
            #expect(await bench.run(Estate.raiseWeb, within: .seconds(60)).succeeded)
            #expect(await bench.aws.count("UpdateService") == sent)
            #expect(await bench.aws.effects["UpdateService"] == 1)
            #expect(bench.clock.elapsed < .seconds(30), "an absolute number need not settle")
        }
    }

    @Test func whatIsRefusedKeepsNothingElseSmallAndIsNamedWithItsCommand() async {
        for operation in ["DescribeServices", "UpdateService"] {
            let bench = Bench()
            await bench.aws.always(operation, .refused(Refusal("AccessDeniedException")))
            let outcome = await bench.run(Estate.raiseBoth)
            #expect(!outcome.succeeded)
            #expect(await bench.aws.effects["UpdateAutoScalingGroup"] == 1)
            #expect(outcome.detail.hasPrefix("1 of 2: "))
            #expect(outcome.detail.contains(Estate.web.label))
            #expect(outcome.detail.contains("By hand: \(Estate.web.command)"))
            #expect(!outcome.detail.contains(Estate.workers.label))
        }
    }

    /// Else the silence about one would be waited out before the next is asked for.
    @Test(.timeLimit(.minutes(1))) func allAreAskedForAtOnce() async {
        let (words, word) = AsyncStream.makeStream(of: Int.self)
        let answers = await concurrently([1, 2]) { item in
            if item == 2 {
                word.yield(item)
                return true
            }
            for await said in words { return said == 2 }
            return false
        }
        #expect(answers == [true, true])
    }

    @Test func allAreRaisedInOneStep() async {
        let bench = Bench()
        let outcome = await bench.run(Estate.raiseBoth)
        #expect(outcome.succeeded)
        #expect(await bench.aws.mutations.count == 2)
        #expect(outcome.detail.contains(Estate.web.label) && outcome.detail.contains(Estate.workers.label))
    }

    @Test func aGroupThatMayNotBeSoLargeGetsWhatItMayHaveAndTheRestIsSaid() async throws {
        let bench = Bench()
        await bench.aws.change { $0.group.most = 3 }
        let outcome = await bench.run(Estate.raiseWorkers)
        #expect(outcome.retryable == false)
        #expect(outcome.detail.contains("may have 3 at most: raise its MaxSize to 4"))
        #expect(outcome.detail.contains("\(Estate.workers.command) --max-size 4"))
        let call = try #require(await bench.aws.last("UpdateAutoScalingGroup"))
        #expect([call.parameters["MinSize"], call.parameters["DesiredCapacity"]] == ["3", "3"])
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test func whatIsGoneOrBeingDeletedIsRefused() async {
        let bench = Bench()
        await bench.aws.change {
            $0.service.status = "DRAINING"
            $0.group.status = "Delete in progress"
        }
        #expect(await bench.run(Estate.raiseWeb).detail.contains("is DRAINING"))
        #expect(await bench.run(Estate.raiseWorkers).detail.contains("is in state Delete in"))
        await bench.aws.change {
            $0.service.exists = false
            $0.group.exists = false
        }
        for capacity in [Estate.web, Estate.workers] {
            let outcome = await bench.run(.raiseCapacity(RaiseCapacity(capacities: [capacity])))
            #expect(outcome.retryable == false)
            #expect(outcome.detail.contains("there is no \(capacity.label)"))
        }
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func aMissingPermissionOrClusterEndsItAndSilenceIsTriedToTheDeadline() async {
        for code in ["AccessDeniedException", "ClusterNotFoundException"] {
            let bench = Bench()
            await bench.aws.always("DescribeServices", .refused(Refusal(code)))
            #expect(await bench.run(Estate.raiseWeb).retryable == false)
        }
        let bench = Bench()
        await bench.aws.silence("eu-central-1")
        let outcome = await bench.run(Estate.raiseWeb, within: .seconds(60))
        #expect(outcome.retryable == true)
        #expect(outcome.detail.contains("eu-central-1 gives no answer"))
        #expect(bench.clock.elapsed <= .seconds(61))
    }

    @Test func nothingIsSentWithoutLeaveToAct() async {
        let bench = Bench()
        bench.mayAct.withLock { $0 = false }
        #expect(await bench.run(Estate.raiseWeb).succeeded == false)
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
            lines(Estate.raiseWeb) == [
                "ecs DescribeServices eu-central-1", "ecs UpdateService! eu-central-1",
            ])
        #expect(
            lines(Estate.raiseWorkers) == [
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

    @Test func whatCannotBeLookedAtEndsTheWaitForNothingElse() async {
        for code in ["AccessDeniedException", "ClusterNotFoundException"] {
            let bench = await raised()
            await bench.aws.change { $0.group.startsAfter = .seconds(150) }
            await bench.aws.always("DescribeServices", .refused(Refusal(code)))
            let outcome = await bench.run(Estate.awaitBoth)
            #expect(outcome.retryable == false)
            #expect(bench.clock.elapsed >= .seconds(150), "the group was waited for")
            #expect(outcome.detail.contains(Estate.web.label))
            #expect(!outcome.detail.contains(Estate.workers.label), "it runs")
        }
    }

    @Test func silenceAboutOneIsWaitedOut() async {
        let bench = await raised()
        await bench.aws.next("DescribeServices", .timeout)
        #expect(await bench.run(Estate.awaitBoth).succeeded)
    }

    @Test func whatALimitAllowsIsWaitedForAndThenNamed() async {
        let bench = Bench()
        await bench.aws.change {
            $0.service.desired = 6
            $0.service.running = 6
            $0.group.most = 3
            $0.group.desired = 3
            $0.group.changedAt = bench.clock.now
        }
        let outcome = await bench.run(Estate.awaitBoth)
        #expect(outcome.retryable == false)
        #expect(bench.clock.elapsed >= .seconds(90))
        #expect(outcome.detail.contains("3 of 4 run of \(Estate.workers.label)"))
        #expect(outcome.detail.contains("--max-size 4"))
    }

    @Test func aDaemonTakesNoNumber() throws {
        var service = ECSService()
        service.desiredCount = 2
        for (strategy, takesNone) in [("REPLICA", false), ("DAEMON", true)] {
            service.schedulingStrategy = strategy
            #expect(CapacityView(service).takesNoNumber == takesNone)
        }
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
