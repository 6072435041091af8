import Testing

@testable import Failover

@Suite("A lost Region")
struct LostRegionTests {
    /// Lost at 20 s; the checkers' *unhealthy* arrives at 80 s, and the window of 60 s begins.
    static func confirmed(_ workloads: [Workload] = [.shop()]) -> World {
        var world = World(workloads)
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(120))
        return world
    }

    @Test("is confirmed over the whole window, fails over once, and everybody is told")
    func wholeStory() {
        var world = Self.confirmed()
        world.finish()
        world.finish(.failed(detail: "timed out", retryable: true, mayHaveHappened: false))
        world.finishSteps()
        #expect(
            world.story == [
                "40s watching -> suspected [suspect]",
                "40s tell suspected",
                "140s plan 1 [confirmed-automatic]",
                "140s suspected -> failing-over [confirmed-automatic]",
                "140s tell confirmed",
                "140s tell started",
                "140s 1-recheck try 1",
                "140s 1-recheck done [step-done]",
                "140s tell step",
                "140s 2-fence:orders try 1",
                "140s 2-fence:orders failed [step-owed]",
                "140s fence owed: orders-a [step-owed]",
                "140s tell step",
                "140s 3-promote:orders try 1",
                "140s 3-promote:orders done [step-done]",
                "140s tell step",
                "140s 4-await-writer:orders try 1",
                "140s 4-await-writer:orders done [step-done]",
                "140s tell step",
                "140s 5-move-record:orders.db.example try 1",
                "140s 5-move-record:orders.db.example done [step-done]",
                "140s tell step",
                "140s 6-confirm-traffic:orders.db.example try 1",
                "140s 6-confirm-traffic:orders.db.example done [plan-completed]",
                "140s plan ended: completed [plan-completed]",
                "140s failing-over -> failed-over [plan-completed]",
                "140s tell completed",
            ])
        #expect(world.state.activeRegion == .away)
        #expect(world.notices.last?.headline.contains("NOT FENCED YET: orders-a") == true)
    }

    @Test("while no witness outside our path says so, nothing is done")
    func insidersAlone() {
        var world = World()
        world.scene.loseSight()
        world.scene.route = .unknown(.missing)
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(600))
        #expect(world.verdict == .suspect)
        #expect(world.phases == ["20s watching -> suspected [suspect]"])
    }

    @Test("with approval needed, waits for a person's yes and asks again while it waits")
    func approval() {
        var world = Self.confirmed([.shop(mode: .approval)])
        #expect(world.phase == .awaitingApproval)
        world.run(.seconds(300))
        #expect(world.told == [.suspected, .approvalNeeded, .approvalNeeded])
        world.scene.replication = .unknown(.missing)
        world.look()
        #expect(world.ask(.approve)?.isAccepted == true, "what the replica had applied it still has")
    }

    @Test("with approval given, fails over as usual")
    func approved() {
        var world = Self.confirmed([.shop(mode: .approval)])
        #expect(world.ask(.approve)?.isAccepted == true)
        world.finishSteps()
        #expect(world.phase == .failedOver)
        #expect(world.state.plan?.origin == .approved(by: "ana", reason: "because"))
    }

    @Test("in observe mode says what it would have done")
    func observe() {
        let world = Self.confirmed([.shop(mode: .observe)])
        #expect(world.phase == .blocked)
        #expect(
            world.notices.last?.headline.contains(
                "mode observe keeps drctl from acting: in mode automatic it would fail") == true)
        #expect(world.orderCount == 0)
    }
}
