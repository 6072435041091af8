import Testing

@testable import Failover

@Suite("Crashes and restarts")
struct CrashTests {
    /// From the start to the end of a failover with an owed fence, a repeated try and both levers.
    private static func wholeFailover(capacity: [Capacity] = []) -> World {
        var world = LostRegionTests.confirmed([.shop(traffic: [.record(), .check()], capacity: capacity)])
        world.finish()
        world.finish(.failed(detail: "timed out", retryable: false, mayHaveHappened: true))
        world.finish(.failed(detail: "Throttling", retryable: true, mayHaveHappened: false))
        world.run(.seconds(5))
        world.finishSteps(upTo: "confirm-traffic")
        world.finish(
            .failed(detail: "the old answer is still served", retryable: false, mayHaveHappened: false))
        world.finishSteps()
        world.run(.seconds(20))
        return world
    }

    @Test("replaying any number of records yields the state that these records made")
    func everyPrefix() {
        let whole = Self.wholeFailover()
        var state = WorkloadState()
        var machine = DecisionMachine(workloads: whole.workloads, maxConcurrentFailovers: 1)
        for record in whole.records {
            machine.replay(record)
            state.apply(record)
            #expect(machine.state(of: "shop") == state)
        }
        #expect(state == whole.state)
        #expect(state.phase == .failedOver)
    }

    @Test(
        "X1: killed after any batch of records, it goes on by itself and promotes in one epoch",
        arguments: [[], Capacity.web + [.workers]]
    )
    func killedAnywhere(capacity: [Capacity]) {
        let whole = Self.wholeFailover(capacity: capacity)
        #expect(whole.batches.count > 20)
        for count in whole.batches {
            var world = whole
            world.restart(keeping: count)
            // How the world looks depends on whether the promotion had come about by then.
            world.scene = Scene(of: .replica())
            world.scene.lose(at: World.start + .seconds(20))
            if world.state.pastPointOfNoReturn { world.scene.promote() }
            let epochs = max(world.state.epoch, 1)
            for _ in 0..<60 where world.phase != .failedOver {
                world.run(.seconds(5))
                world.finishSteps()
            }
            if world.state.epoch == epochs {
                #expect(
                    world.phase == .failedOver, "after record \(count): \(world.assessment?.reasons ?? "")")
            }
            #expect(
                Set(world.promotions.map { $0.prefix(1) }).count <= 1,
                "two epochs promoted after record \(count)")
        }
    }

    @Test("X1: a step whose outcome is not on record is repeated as one that may have happened")
    func inDoubt() {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "await-writer")
        world.restart()
        #expect(world.orders.map(\.step.action.name) == ["await-writer"])
        #expect(world.orders.first?.mayHaveHappened == true)
        #expect(world.orders.first?.attempt == 2)
    }

    @Test("H7: a hundred restarts start no second failover and one try each")
    func restartStorm() {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "promote")
        for _ in 0..<100 {
            world.restart()
            world.run(.seconds(5))
        }
        #expect(world.state.epoch == 1)
        #expect(world.promotions.count == 101)
        #expect(world.orders.allSatisfy { $0.mayHaveHappened })
        #expect(world.records.count < 1000)
    }

    @Test("a restart starts the window again, and keeps the outage's start")
    func windowAgain() {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(100))
        #expect(world.phase == .suspected)
        world.restart()
        world.run(.seconds(55))
        #expect(world.phase == .suspected)
        #expect(world.assessment?.databases.first?.darkSince == World.start + .seconds(25))
        world.run(.seconds(10))
        #expect(world.phase == .failingOver)
    }

    @Test("a suspicion of hours that was not an outage does not make the loss look small after a restart")
    func oldSuspicion() {
        var world = World()
        // Replication stops; the primary goes on for hours, answers us, and then dies.
        world.scene.changeStandby { $0.replication = .init(normal: false, text: "error") }
        world.scene.replication = .stalled(applied: world.now)
        world.run(.seconds(7200), pace: .seconds(10))
        #expect(world.phase == .suspected)
        world.scene.lose(at: world.now)
        world.scene.replication = .stalled(applied: World.start)
        world.run(.seconds(60))
        world.restart()
        world.run(.seconds(300))
        #expect(world.promotions.isEmpty)
        #expect(world.gate(.lag)?.open == false)
        #expect((world.assessment?.databases.first?.lag?.lossSeconds ?? 0) >= 7200)
    }

    @Test("what was alive when the process stopped may have died at any time since")
    func aliveBeforeRestart() {
        var world = World()
        world.scene.loseSight()
        world.run(.seconds(600))
        #expect(world.verdict == .partitioned)
        world.skip(.seconds(3600))
        world.restart()
        world.scene.lose(at: world.now - .seconds(1800))
        world.scene.replication = .samples([LagSample(sampledAt: world.now, lagSeconds: 3900)])
        world.run(.seconds(120))
        #expect((world.assessment?.databases.first?.lag?.lossSeconds ?? 0) >= 3600)
    }

    @Test("X14: a journal from a clock that was an hour ahead does not blind the next process")
    func clockBehind() {
        var world = World()
        world.skip(.seconds(3600))
        world.run(.seconds(20))
        world.ask(.hold)
        world.skip(.seconds(-3600))
        world.restart()
        world.run(.seconds(20))
        #expect(world.verdict == .healthy)
        world.scene.lose(at: world.now)
        world.run(.seconds(125))
        #expect(world.phase == .blocked, "on hold, and judged by the right clock")
    }

    @Test("X14: a clock that was ahead does not keep people waiting for the next reminder")
    func reminderAfterAClockAhead() {
        var world = World()
        world.scene.loseSight()
        world.skip(.seconds(3600))
        world.run(.seconds(60))
        let told = world.told.count
        world.skip(.seconds(-3600))
        world.restart()
        world.run(.seconds(1000))
        #expect(world.phase == .suspected)
        #expect(world.told.count == told + 1)
    }

    @Test("within a process time that runs backwards stands still")
    func backwards() {
        var world = World()
        world.run(.seconds(60))
        world.skip(.seconds(-30))
        world.ask(.hold)
        #expect(world.records.last.map { $0.at >= World.start + .seconds(60) } == true)
    }

    @Test("a window is not filled by time in which nobody looked")
    func suspended() {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(70))
        #expect(world.verdict == .failed)
        world.skip(.seconds(300))
        world.look()
        #expect(world.phase == .suspected)
        #expect(world.gate(.window)?.open == false)
    }

    @Test("a step that never comes back is given up for its time, and tried again")
    func lostStep() {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "promote")
        world.run(.seconds(1800 + 55))
        #expect(world.promotions.count == 1)
        world.run(.seconds(10))
        #expect(world.phase == .needsOperator)
        #expect(world.state.progress?.mayHaveHappened == true)
    }
}
