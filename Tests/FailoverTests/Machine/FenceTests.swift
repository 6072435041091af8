import Testing

@testable import Failover

@Suite("Owed fences")
struct FenceTests {
    /// Failed over, with the fence owed; the old Region is still silent.
    private func owing() -> World {
        var world = LostRegionTests.confirmed()
        world.finish()
        world.finish(.failed(detail: "timed out", retryable: false, mayHaveHappened: false))
        world.finishSteps()
        return world
    }

    @Test("R1: when the old primary returns it is fenced and nothing else is done")
    func oldPrimaryReturns() {
        var world = owing()
        world.run(.seconds(60))
        #expect(world.fences.isEmpty, "nothing to fence while the Region does not answer")
        world.scene.primary = .known(value: .of(.replica(), .primary))
        world.scene.probe = .known(value: true)
        world.run(.seconds(5))
        #expect(world.fences.map(\.identifier) == ["orders-a"])
        world.settle(.settled(.fenced(detail: "sg-closed is attached")))
        #expect(world.state.owedFences.isEmpty)
        world.run(.seconds(3600), pace: .seconds(10))
        #expect(world.phase == .failedOver)
        #expect(world.promotions.count == 1)
        #expect(world.story.contains { $0.hasSuffix("fence made: orders-a") })
    }

    @Test("is made while the plan still waits for its new writer, as soon as both are seen")
    func duringThePlan() {
        var world = LostRegionTests.confirmed()
        world.finish()
        world.finish(.failed(detail: "timed out", retryable: false, mayHaveHappened: false))
        world.scene.primary = .known(value: .of(.replica(), .primary))
        world.finishSteps(upTo: "await-writer")
        #expect(world.phase == .failingOver)
        world.run(.seconds(5))
        #expect(world.fences.map(\.identifier) == ["orders-a"])
        world.settle(.settled(.fenced(detail: "sg-closed is attached")))
        #expect(world.state.owedFences.isEmpty)
        world.finishSteps()
        #expect(world.phase == .failedOver)
        #expect(world.state.owedFences.isEmpty)
    }

    @Test("is tried again while it does not hold, with pauses of 15 s, 30 s, 60 s")
    func triedAgain() {
        var world = owing()
        world.scene.primary = .known(value: .of(.replica(), .primary))
        world.run(.seconds(5))
        for pause in [15, 30, 60] {
            #expect(world.fences.count == 1)
            world.settle(.stillOwed(because: "UnauthorizedOperation"))
            world.run(.seconds(pause - 5))
            #expect(world.fences.isEmpty)
            world.run(.seconds(5))
        }
        #expect(world.state.owedFences.count == 1)
    }

    @Test("X8: is forgotten neither by a plan that stopped after the promotion nor by its resumption")
    func stoppedAfterPromotion() {
        var world = LostRegionTests.confirmed()
        world.finish()
        world.finish(.failed(detail: "timed out", retryable: false, mayHaveHappened: false))
        world.finishSteps(upTo: "move-record")
        world.finish(.failed(detail: "AccessDenied", retryable: false, mayHaveHappened: false))
        #expect(world.phase == .needsOperator)
        world.run(.seconds(60))
        #expect(world.state.owedFences.count == 1)
        world.ask(.resume)
        world.finishSteps()
        world.scene.primary = .known(value: .of(.replica(), .primary))
        world.run(.seconds(5))
        #expect(world.fences.count == 1)
    }

    @Test("never falls on the only writer: given up halfway, with no new writer to be seen")
    func abandonedHalfway() {
        var world = LostRegionTests.confirmed()
        world.finish()
        world.finish(.failed(detail: "timed out", retryable: false, mayHaveHappened: false))
        world.finish(.failed(detail: "InvalidDBInstanceState", retryable: false, mayHaveHappened: true))
        #expect(world.phase == .needsOperator)
        world.scene = Scene(of: .replica())
        #expect(world.ask(.abandon)?.isAccepted == true)
        #expect(world.phases.last == "140s needs-operator -> failed-over [given-up-halfway]")
        #expect(world.told.last == .failed, "it did not complete")
        world.run(.seconds(120))
        #expect(world.fences.isEmpty)
        #expect(world.phase == .watching)
        #expect(world.state.owedFences.isEmpty)
    }

    @Test("is called off for a replica, and for another database under the same name")
    func calledOff() {
        for change in [
            { (state: inout DatabaseState) in state.follow("orders-b") }, { $0.resourceID = "db-other" },
        ] {
            var world = owing()
            world.scene.primary = .known(value: .of(.replica(), .primary))
            world.scene.changePrimary(change)
            world.run(.seconds(5))
            #expect(world.fences.isEmpty)
            #expect(world.story.contains { $0.hasSuffix("fence called off: orders-a") })
        }
    }

    @Test("R1: what Aurora calls a secondary is fenced all the same until AWS has rebuilt it")
    func notRebuilt() {
        let database = Database.aurora(.managedFailover)
        var world = LostRegionTests.confirmed([.shop(databases: [database])])
        world.finish()
        world.finish(.failed(detail: "timed out", retryable: false, mayHaveHappened: false))
        world.finishSteps()
        world.scene.primary = .known(value: .of(database, .primary))
        world.scene.changePrimary {
            $0.follow("global-orders")
            $0.replication = DatabaseState.ReplicationStatus(normal: false, text: "pending-resync")
        }
        world.run(.seconds(5))
        #expect(world.fences.map(\.identifier) == ["orders-a"])
        world.settle(.stillOwed(because: "eu-west-1 gives no answer"))
        world.scene.changePrimary { $0.follow("global-orders") }
        world.run(.seconds(5))
        #expect(world.fences.isEmpty)
        #expect(world.story.contains { $0.hasSuffix("fence called off: orders-a") })
    }

    @Test("follows its database when the roles are swapped in the configuration")
    func swappedConfiguration() {
        var world = owing()
        world.restart(with: [.shop(databases: [Database.replica().swapped])])
        world.scene = Scene(of: Database.replica().swapped)
        world.scene.standby = .known(value: .of(.replica(), .primary))
        world.run(.seconds(5))
        #expect(world.fences.map(\.identifier) == ["orders-a"])
    }

    @Test("one that cannot be made does not hold up the next")
    func severalOwed() {
        let workload = Workload.shop(databases: [.replica("a"), .replica("b")], traffic: [])
        var world = World([workload])
        world.run(.seconds(20))
        for id in ["a", "b"] as [DatabaseID] { world.scenes[id]?.lose(at: world.now) }
        world.run(.seconds(120))
        world.finish()
        for _ in 0..<2 {
            world.finish(.failed(detail: "timed out", retryable: false, mayHaveHappened: false))
        }
        world.finishSteps()
        for id in ["a", "b"] as [DatabaseID] {
            world.scenes[id]?.primary = .known(value: .of(.replica(id), .primary))
        }
        world.run(.seconds(5))
        #expect(world.fences.map(\.identifier) == ["a-a", "b-a"])
    }
}

@Suite("After a failover")
struct AftermathTests {
    private func failedOver(_ traffic: [TrafficLever] = [.record()]) -> World {
        var world = LostRegionTests.confirmed([.shop(traffic: traffic)])
        world.finishSteps()
        return world
    }

    @Test("R5: people are reminded that there is no standby until there is one again")
    func exposed() {
        var world = failedOver()
        world.run(.seconds(90_000), pace: .seconds(10))
        #expect(world.told.filter { $0 == .exposed }.count == 3, "after 6, 12 and 24 hours")
        #expect(world.state.exposedSince != nil)
        world.scene.primary = .known(value: .of(.replica(), .primary))
        world.scene.changePrimary { $0.follow("orders-b") }
        world.run(.seconds(10))
        #expect(world.state.exposedSince == nil)
        #expect(world.told.last == .protected)
    }

    @Test("a flipped lever is asserted every minute, after a restart as well, until the roles are set right")
    func levers() {
        var world = failedOver([.check()])
        world.run(.seconds(600))
        #expect((9...11).contains(world.asserted.count))
        world.restart()
        world.run(.seconds(5))
        #expect(world.asserted.map(\.value) == [1])
        world.scene = Scene(of: .replica())
        world.run(.seconds(120))
        #expect(world.phase == .watching)
        #expect(world.state.flippedLevers.isEmpty)
    }

    @Test("the configured roles must be back for the whole clearance window")
    func reprotected() {
        var world = failedOver()
        world.scene = Scene(of: .replica())
        world.run(.seconds(60))
        #expect(world.phase == .failedOver)
        world.run(.seconds(5))
        #expect(world.phases.last == "205s failed-over -> watching [reprotected]")
        #expect(world.state.activeRegion == nil)
    }
}
