import Testing

@testable import Failover

@Suite("A primary that comes back")
struct ReturnTests {
    private func beforePromotion(_ database: Database = .replica()) -> World {
        var world = LostRegionTests.confirmed([.shop(databases: [database])])
        world.finish()
        return world
    }

    private func comeBack(_ world: inout World) {
        world.scene = Scene(of: .replica())
        world.look()
    }

    @Test("between the plan and the recheck: the recheck says no")
    func beforeRecheck() {
        var world = LostRegionTests.confirmed()
        world.scene = Scene(of: .replica())
        world.finish()
        #expect(world.phases.last == "140s failing-over -> suspected [recheck-says-no]")
        #expect(world.state.plan == nil)
        world.run(.seconds(60))
        #expect(world.phase == .watching)
    }

    @Test("before the fence could be made: nothing was changed, the plan is dropped")
    func beforeFence() {
        var world = beforePromotion()
        comeBack(&world)
        world.finish(.failed(detail: "timed out", retryable: false, mayHaveHappened: false))
        #expect(world.phases.last == "140s failing-over -> suspected [returned-early]")
        #expect(world.promotions.isEmpty)
        world.run(.seconds(5))
        #expect(world.state.owedFences.isEmpty, "the only writer must not be fenced")
        #expect(world.fences.isEmpty)
    }

    @Test("while its fence may be in force: a person is told so and asked, and nothing is forgotten")
    func doubtfulFence() {
        var world = beforePromotion()
        comeBack(&world)
        world.finish(.failed(detail: "timed out", retryable: false, mayHaveHappened: true))
        #expect(world.phases.last == "140s failing-over -> needs-operator [returned]")
        #expect(world.promotions.isEmpty)
        let told = world.notices.last
        #expect(told?.kind == .needsOperator)
        #expect(told?.body.contains("orders-a in ap-southeast-2 may be FENCED: undo that by hand") == true)
        world.run(.seconds(60))
        #expect(world.fences.isEmpty, "the only writer must not be fenced")
        let reply = world.ask(.abandon)
        #expect(reply.map { "\($0)" }?.contains("may be FENCED") == true)
    }

    @Test("behind a fence that was made: the promotion goes on")
    func behindFence() {
        var world = beforePromotion()
        comeBack(&world)
        world.finish()
        #expect(world.promotions == ["1 3-promote:orders try 1"])
    }

    @Test("between two tries of the promotion: a person is asked, and may not simply go on")
    func betweenTries() {
        var world = beforePromotion(.replica(fencing: Fencing(method: .none)))
        #expect(world.promotions.count == 1)
        world.finish(.failed(detail: "Throttling", retryable: true, mayHaveHappened: false))
        comeBack(&world)
        world.run(.seconds(5))
        #expect(world.phases.last == "145s failing-over -> needs-operator [returned]")
        #expect(world.ask(.resume)?.refusal?.contains("drctl abandon shop") == true)
        #expect(world.promotions.count == 1)
    }

    @Test(
        "while the process was down in mid-promotion: it is looked at before anything is repeated"
    )
    func whileDown() {
        var world = beforePromotion(.replica(fencing: Fencing(method: .none)))
        world.skip(.seconds(7200))
        world.restart()
        #expect(world.orders.isEmpty, "nothing before a look")
        world.scene = Scene(of: .replica())
        world.run(.seconds(5))
        #expect(world.phase == .needsOperator)
        #expect(world.promotions.count == 1)
    }

    @Test("X2: while down after a promotion that took effect: it goes on and does not stop")
    func promotedWhileDown() {
        var world = beforePromotion(.replica(fencing: Fencing(method: .none)))
        world.skip(.seconds(7200))
        world.restart()
        world.scene = Scene(of: .replica())
        world.scene.promote()
        world.run(.seconds(5))
        #expect(world.orders.map(\.mayHaveHappened) == [true])
        world.finishSteps()
        #expect(world.phase == .failedOver)
    }

    @Test("a restart whose databases cannot be looked at asks a person instead of promoting blindly")
    func blind() {
        var world = beforePromotion(.replica(fencing: Fencing(method: .none)))
        world.restart()
        world.looks = false
        world.run(.seconds(30))
        #expect(world.phases.last == "170s failing-over -> needs-operator [unseen]")
        #expect(world.ask(.resume)?.refusal?.contains("have not been looked at") == true)
        world.looks = true
        world.run(.seconds(5))
        #expect(world.ask(.resume)?.isAccepted == true)
        #expect(world.orders.map(\.mayHaveHappened) == [true])
    }

    @Test("after a stop before the promotion: nobody has it go on unseen, though a recheck was made once")
    func resumeUnseen() {
        let fencing = Fencing(method: .revokeIngress(securityGroups: ["sg"]), required: true)
        var world = beforePromotion(.replica(fencing: fencing))
        world.finish(.failed(detail: "AccessDenied", retryable: false, mayHaveHappened: false))
        #expect(world.phase == .needsOperator)
        world.restart()
        #expect(world.ask(.resume)?.refusal?.contains("have not been looked at") == true)
        world.run(.seconds(5))
        #expect(world.ask(.resume)?.refusal?.contains("have not been looked at") != true)
    }

    @Test("after a stop at a required fence: going on is judged again")
    func resumeJudgedAgain() throws {
        let fencing = Fencing(method: .revokeIngress(securityGroups: ["sg"]), required: true)
        var world = beforePromotion(.replica(fencing: fencing))
        world.finish(.failed(detail: "no answer", retryable: false, mayHaveHappened: true))
        #expect(world.phase == .needsOperator)
        world.ask(.hold, reason: "network work")
        #expect(world.ask(.resume)?.refusal?.contains("hold: on hold by ana") == true)
        world.ask(.release)
        comeBack(&world)
        let refusal = try #require(world.ask(.resume)?.refusal)
        #expect(refusal.contains("alive and not fenced") && refusal.contains("answered"), "\(refusal)")
        world.scene.lose(at: world.now)
        world.run(.seconds(5))
        #expect(world.ask(.resume)?.isAccepted == true)
        #expect(world.orders.map(\.step.action.name) == ["fence"])
    }
}
