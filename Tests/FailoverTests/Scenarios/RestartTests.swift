import Testing

@testable import Failover

/// A restart in the middle of a plan: what has promoted nothing is judged again, what has goes on.
@Suite("A restart in the middle of a plan")
struct RestartTests {
    @Test("before the promotion goes back to the recheck, which waits for a whole window of agreement")
    func rechecks() {
        var world = LostRegionTests.confirmed()
        world.finish()
        #expect(world.orders.map(\.step.action.name) == ["fence"])
        world.restart()
        world.run(.seconds(60))
        #expect(world.orders.isEmpty, "the window has only just begun")
        world.run(.seconds(10))
        #expect(world.orders.map(\.step.action.name) == ["recheck"])
        #expect(world.orders.first?.attempt == 2)
        world.finish()
        #expect(world.orders.map(\.step.action.name) == ["fence"])
        #expect(world.orders.first?.mayHaveHappened == true, "its first try may have taken effect")
        #expect(world.orders.first?.attempt == 2)
        world.finishSteps()
        #expect(world.phase == .failedOver)
        #expect(world.state.epoch == 1)
    }

    @Test("does what is done not once more")
    func keepsWhatIsDone() {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "promote")
        let begun = world.records.firstIndex {
            $0.event == .stepStarted(step: "3-promote:orders", attempt: 1)
        }
        // Killed before that record was written.
        world.restart(keeping: begun)
        world.run(.seconds(70))
        world.finish()
        #expect(world.orders.map(\.step.action.name) == ["promote"])
        #expect(world.orders.first?.mayHaveHappened == false)
    }

    @Test("gives an untouched plan up that is not right any more, and starts over when it is again")
    func primaryIsBack() {
        var world = LostRegionTests.confirmed()
        world.restart()
        world.scene = Scene(of: .replica())
        world.run(.seconds(40))
        world.finish()
        #expect(world.phase == .suspected)
        #expect(world.state.plan == nil && world.state.ledgers.isEmpty)
        world.scene.lose(at: world.now)
        world.run(.seconds(125))
        #expect(world.phase == .failingOver && world.state.epoch == 2)
    }

    @Test("asks a person when the failover is not right any more and the old writer may be fenced")
    func mayBeFenced() {
        var world = Stories.notRightAfterRestart()
        #expect(world.phase == .needsOperator)
        #expect(world.told.last == .needsOperator)
        #expect(world.notices.last?.body.contains("source-alive: ") == true)
        #expect(world.ask(.resume)?.isAccepted == false, "the primary is alive")
        #expect(world.ask(.abandon)?.isAccepted == true)
        guard case .planEnded(let ending)? = world.records.last(where: { $0.rule == "given-up-early" })?.event
        else { return #expect(world.story.joined().contains("plan ended: abandoned")) }
        #expect(ending.outcome == .abandoned)
        #expect(world.notices.last?.headline.contains("orders-a in ap-southeast-2 may be FENCED") == true)
        #expect(world.promotions.isEmpty)
    }

    @Test("gives a plan up that is older than 15 min and has changed nothing; it is made anew")
    func outdated() {
        var world = Stories.outdated()
        #expect(world.phase == .suspected)
        #expect(world.notices.last?.headline.contains("older than 15 min") == true)
        world.run(.seconds(65))
        #expect(world.phase == .failingOver && world.state.epoch == 2, "\(world.assessment?.reasons ?? "")")
    }

    @Test("keeps an old plan that may have fenced the primary, and judges it again")
    func oldButTouched() {
        var world = LostRegionTests.confirmed()
        world.finish()
        world.skip(.seconds(1000))
        world.restart()
        #expect(world.phase == .failingOver)
        world.run(.seconds(70))
        #expect(world.orders.map(\.step.action.name) == ["recheck"])
    }

    @Test("past the promotion goes on where it was")
    func pastThePromotion() {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "await-writer")
        world.skip(.seconds(1000))
        world.restart()
        #expect(world.orders.map(\.step.action.name) == ["await-writer"])
    }

    @Test("a manual plan does not wait for a window that its person did not wait for either")
    func manual() {
        var world = World([.shop(mode: .observe)])
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(70))
        #expect(world.ask(.failover)?.isAccepted == true)
        world.restart()
        world.run(.seconds(5))
        #expect(world.orders.map(\.step.action.name) == ["recheck"])
    }

    @Test("when nothing can be seen, the recheck says so in its time, and nothing is promoted")
    func blind() {
        var world = LostRegionTests.confirmed()
        world.restart()
        world.looks = false
        world.run(.seconds(40))
        #expect(world.orders.map(\.step.action.name) == ["recheck"])
        world.finish()
        #expect(world.phase == .suspected)
        #expect(world.promotions.isEmpty)
    }

    /// The fence may have been made, and no witness outside says failed any more.
    private func sentBack() -> World {
        var world = LostRegionTests.confirmed()
        world.finish()
        world.restart()
        world.scene.route = .unknown(.missing)
        world.run(.seconds(40))
        world.finish()
        #expect(world.phase == .needsOperator)
        #expect(world.state.currentStep?.action == .recheck)
        return world
    }

    @Test("goes on past its recheck once a person has resumed it: what they passed over is not asked again")
    func resumed() {
        var world = sentBack()
        #expect(world.ask(.resume)?.isAccepted == true)
        world.finish()
        #expect(world.closedAtRecheck.contains(.quorum))
        #expect(world.phase == .failingOver)
        world.restart()
        world.run(.seconds(40))
        world.finish()
        #expect(world.phase == .failingOver, "their word is on record")
        world.finishSteps()
        #expect(world.phase == .failedOver)
    }

    @Test("is resumed over a loss that somebody accepts, and the ledger says who")
    func resumedWithLoss() {
        var world = sentBack()
        world.restart(with: [Workload.shop().with { $0.maximumDataLoss = .seconds(1) }])
        world.run(.seconds(5))
        #expect(world.ask(.resume)?.refusal?.contains("--allow-data-loss") == true)
        #expect(world.ask(.resume, overriding: [.lag], reason: "sales are down")?.isAccepted == true)
        world.finishSteps()
        #expect(world.phase == .failedOver)
        #expect(world.state.ledgers.map(\.acceptedBy) == ["ana"])
        #expect(world.state.ledgers.first?.acceptedBecause == "sales are down")
    }

    @Test("is not resumed beside a living primary, whatever is named")
    func notResumed() {
        var world = Stories.notRightAfterRestart()
        let refusal = world.ask(.resume, overriding: [.sourceAlive, .lag])?.refusal
        #expect(refusal?.contains("drctl abandon") == true)
    }

    @Test("after a clock that was an hour ahead gives each step its own time, not that hour")
    func clockWasAhead() throws {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "await-writer")
        world.setBack(.seconds(3600))
        world.restart()
        let order = try #require(world.orders.first)
        #expect(order.deadline <= world.now + order.step.timeout)
    }
}
