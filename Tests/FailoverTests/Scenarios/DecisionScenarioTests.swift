import Testing

@testable import Failover

@Suite("Faults of decision")
struct DecisionScenarioTests {
    @Test("C1: a replica 300 s behind blocks until a person accepts the loss by name, on record")
    func lagOverLimit() {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.scene.replication = .samples([LagSample(sampledAt: world.now, lagSeconds: 300)])
        world.run(.seconds(150))
        #expect(world.phase == .blocked)
        // The one sample there is comes from the outage's first moment: the replica has not been heard since.
        #expect(world.assessment?.closedGates == [.replicaView, .lag])
        #expect(
            world.ask(.failover)?.refusal
                == "lag: orders: up to 5 min 5 s would be lost, over the limit of 30 s (to accept this loss: "
                + "--allow-data-loss)")
        #expect(world.ask(.failover, overriding: [.lag])?.isAccepted == true)
        guard case .manual("ana", "because", let overrides)? = world.state.plan?.origin else {
            Issue.record("not a manual plan")
            return
        }
        #expect(overrides.contains(.lag))
        #expect(world.state.plan?.forecast.lossSeconds == 305)
    }

    @Test("C4: AWS's own recovery is waited for, and not a second longer than the limit")
    func providerRecovers() {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.scene.primary = .known(value: .of(.replica(), .primary))
        world.scene.changePrimary { $0.status = "failing-over" }
        world.run(.seconds(299))
        #expect(world.verdict == .providerRecovering)
        #expect(world.promotions.isEmpty)
        world.run(.seconds(120))
        #expect(world.phase == .failingOver)
    }

    @Test("C4: a poll without an answer does not start the waiting for AWS anew")
    func recoveryWithGaps() {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        for round in 0..<40 {
            world.scene.primary = .known(value: .of(.replica(), .primary))
            world.scene.changePrimary { $0.status = "rebooting" }
            if round.isMultiple(of: 5) {
                world.scene.primary = .unknown(reason: .throttled, detail: "slow down")
            }
            world.run(.seconds(10))
        }
        #expect(world.phase == .failingOver || world.phase == .blocked)
    }

    @Test(
        "C5: work that somebody asked for takes as long as it takes", arguments: ["upgrading", "maintenance"])
    func longUpgrade(status: String) {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.scene.primary = .known(value: .of(.replica(), .primary))
        world.scene.changePrimary { $0.status = status }
        world.run(.seconds(3600))
        #expect(world.promotions.isEmpty)
        #expect(world.gate(.provider)?.because == "planned work is being done on it; it ends by itself")
    }

    @Test(
        "C5: planned work at the primary promotes nothing while it is within the limit",
        arguments: ["rebooting", "upgrading", "modifying", "maintenance", "starting", "renaming"])
    func plannedWork(status: String) {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.scene.primary = .known(value: .of(.replica(), .primary))
        world.scene.changePrimary { $0.status = status }
        world.run(.seconds(290))
        #expect(world.promotions.isEmpty)
    }

    @Test(
        "C5: a database that a person stopped, or whose settings are to blame, is left to people",
        arguments: ["stopped", "stopping", "deleting", "storage-full", "incompatible-parameters"])
    func deliberate(status: String) {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.scene.primary = .known(value: .of(.replica(), .primary))
        world.scene.changePrimary { $0.status = status }
        world.run(.seconds(900))
        #expect(world.verdict == .configurationFault)
        #expect(world.orderCount == 0)
        #expect(world.ask(.failover, overriding: [.lag])?.isAccepted == true, "a person still may")
    }

    @Test("C5: a status that is not in our tables is neither health nor failure")
    func newStatus() {
        var world = World()
        world.scene.changePrimary { $0.status = "defragmenting-moon" }
        world.run(.seconds(60))
        #expect(world.vote(.controlPlane)?.opinion == .unknown)
    }

    @Test("C5: a hold stops what is confirmed, and its release lets it go on")
    func hold() {
        var world = World()
        #expect(world.ask(.hold, reason: "network work")?.isAccepted == true)
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(150))
        #expect(world.phase == .blocked)
        #expect(world.assessment?.closedGates == [.hold])
        #expect(
            world.ask(.failover, overriding: [.lag, .sourceAlive])?.refusal?.contains("drctl release shop")
                == true)
        #expect(world.ask(.release)?.isAccepted == true)
        world.run(.seconds(5))
        #expect(world.phase == .failingOver)
    }

    @Test("C6: twenty outages in two hours are at most one promotion, and nothing goes back by itself")
    func flapping() {
        var world = World()
        for _ in 0..<20 {
            world.scene.lose(at: world.now)
            world.run(.seconds(200))
            world.finishSteps()
            world.scene = Scene(of: .replica())
            if !world.promotions.isEmpty { world.scene.promote() }
            world.run(.seconds(160))
        }
        #expect(world.promotions.count == 1)
        #expect(world.phase == .failedOver)
    }

    @Test("C6: after the roles were set right again, the cooldown leaves the next failover to a person")
    func cooldown() {
        var world = LostRegionTests.confirmed()
        world.finishSteps()
        world.scene = Scene(of: .replica())
        world.run(.seconds(120))
        #expect(world.phase == .watching)
        world.scene.lose(at: world.now)
        world.run(.seconds(300))
        #expect(world.phase == .blocked)
        #expect(world.assessment?.closedGates == [.cooldown])
        #expect(world.ask(.failover)?.isAccepted == true)
        #expect(world.state.epoch == 2)
    }

    @Test("C7: more lost workloads than may fail over at once go one after the other, the first listed first")
    func capacity() {
        let names = ["a", "b", "c"]
        let workloads = names.map { name in
            Workload.shop(id: WorkloadID(name), databases: [.replica(DatabaseID(name))], traffic: [])
        }
        var world = World(workloads, maxConcurrent: 1)
        world.run(.seconds(20))
        for name in names { world.scenes[DatabaseID(name)]?.lose(at: world.now) }
        world.run(.seconds(120))
        #expect(world.orders.map(\.workload) == ["a"])
        #expect(world.machine.state(of: "b")?.phase == .blocked)
        for name in ["b", "c"] {
            world.finishSteps()
            world.run(.seconds(5))
            #expect(world.orders.map(\.workload) == [WorkloadID(name)])
        }
    }
}
