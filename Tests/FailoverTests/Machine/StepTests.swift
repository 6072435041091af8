import Testing

@testable import Failover

@Suite("Steps")
struct StepTests {
    @Test("a step that fails is tried again after 1, 2, 4 s and so on, at most 30 s apart")
    func backoff() {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "promote")
        var pauses: [Int64] = []
        for _ in 0..<8 {
            let failedAt = world.now
            world.finish(.failed(detail: "Throttling", retryable: true, mayHaveHappened: false))
            while world.orders.isEmpty { world.run(.seconds(1), pace: .seconds(1)) }
            pauses.append((world.now - failedAt).milliseconds / 1000)
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30])
        #expect(world.rules.contains("step-retried"))
    }

    @Test("out of tries, a step that cannot be passed over asks a person")
    func outOfTries() {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "promote")
        var tries = 0
        while world.phase == .failingOver, tries < 50 {
            world.finish(.failed(detail: "no", retryable: true, mayHaveHappened: false))
            tries += 1
            world.run(.seconds(31))
        }
        #expect(tries == 20)
        #expect(world.phase == .needsOperator)
        #expect(world.ask(.resume)?.isAccepted == true)
        world.finish(.failed(detail: "no", retryable: true, mayHaveHappened: false))
        #expect(world.phase == .failingOver, "a resumed step has a new series of tries")
    }

    @Test("out of time, it is not tried again however many tries are left")
    func outOfTime() {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "promote")
        world.run(.seconds(1800))
        world.finish(.failed(detail: "no", retryable: true, mayHaveHappened: true))
        #expect(world.phase == .needsOperator)
    }

    @Test("old news changes nothing: another epoch, step or try, a repeat, or a result out of turn")
    func oldNews() {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "promote")
        let before = (world.records, world.state)
        let done = StepOutcome.succeeded(detail: "done")
        let late: [Input] = [
            .stepFinished("shop", epoch: 2, step: "3-promote:orders", attempt: 1, outcome: done),
            .stepFinished("shop", epoch: 1, step: "2-fence:orders", attempt: 1, outcome: done),
            .stepFinished("shop", epoch: 1, step: "3-promote:orders", attempt: 2, outcome: done),
            .stepFinished("other", epoch: 1, step: "3-promote:orders", attempt: 1, outcome: done),
            .fenceFinished("shop", world.fence, .settled(.fenced(detail: "-"))),
            .noticeFinished("shop", id: "no-such", deliveries: []),
        ]
        for input in late { world.handle(input) }
        #expect(world.records == before.0)
        world.finish()
        world.handle(.stepFinished("shop", epoch: 1, step: "3-promote:orders", attempt: 1, outcome: done))
        #expect(world.orders.map(\.step.id) == ["4-await-writer:orders"])
        world.finishSteps()
        let count = world.records.count
        world.handle(late[0])
        #expect(world.records.count == count)
    }

    @Test("a recheck that takes too long gives the plan up before anything was changed")
    func slowRecheck() {
        var world = LostRegionTests.confirmed()
        world.finish(.failed(detail: "took longer than 30 s", retryable: false, mayHaveHappened: false))
        #expect(world.phases.last == "140s failing-over -> suspected [plan-abandoned]")
        #expect(world.told.last == .failed)
        world.run(.seconds(55))
        #expect(world.phase == .suspected, "the next plan needs a whole window again")
    }

    @Test("an unconfirmed change is gone on from, and named at the end")
    func unconfirmed() {
        var world = LostRegionTests.confirmed([.shop(traffic: [.record(), .check()])])
        world.finishSteps(upTo: "confirm-traffic")
        for _ in 0..<2 {
            world.finish(.failed(detail: "old answer", retryable: false, mayHaveHappened: false))
        }
        #expect(world.phase == .failedOver)
        #expect(world.state.lastEnding?.unconfirmed.count == 2)
        #expect(world.rules.isSuperset(of: ["step-unconfirmed", "completed-unconfirmed"]))
        #expect(world.notices.last?.headline.contains("not confirmed: 7-confirm-traffic") == true)
    }

    @Test("the deadline of a step counts from its first try, and a resumed one still gets a short look")
    func deadlines() throws {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "await-writer")
        let first = try #require(world.orders.first)
        #expect(first.deadline == world.now + .seconds(1800))
        world.skip(.seconds(600))
        world.restart()
        #expect(world.orders.first?.deadline == first.deadline)
        world.skip(.seconds(3600))
        world.restart()
        #expect(world.orders.first?.deadline == world.now + .seconds(60))
    }

    @Test("the views follow a plan step by step")
    func views() throws {
        var world = LostRegionTests.confirmed()
        world.finish()
        world.finish(.failed(detail: "timed out", retryable: false, mayHaveHappened: false))
        let view = try #require(world.machine.views(now: world.now).first)
        #expect(
            view.plan?.steps.map(\.state) == [.done, .unconfirmed, .running, .waiting, .waiting, .waiting])
        #expect(view.activeRegion == .home)
        world.finishSteps()
        let after = try #require(world.machine.view(of: "shop", now: world.now))
        #expect(after.activeRegion == .away)
        #expect(after.owedFences.count == 1)
        #expect(after.plan?.ending?.outcome == .completed)
    }
}

extension World {
    var fence: FenceAction {
        FenceAction(
            database: "orders", region: .home, identifier: "orders-a", isCluster: false,
            resourceID: "db-orders-a",
            method: .quarantine(securityGroups: ["sg-closed"]))
    }
}
