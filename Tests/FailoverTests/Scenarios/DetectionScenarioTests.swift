import Testing

@testable import Failover

@Suite("Faults of detection")
struct DetectionScenarioTests {
    @Test(
        "D1: a partition of 43 s promotes nothing, and is told as suspected and cleared"
    )
    func shortPartition() {
        var world = World()
        world.run(.seconds(20))
        world.scene.loseSight()
        world.run(.seconds(43))
        world.scene = Scene(of: .replica())
        world.run(.seconds(120))
        #expect(
            world.phases == ["40s watching -> suspected [suspect]", "128s suspected -> watching [clear]"])
        #expect(world.told == [.suspected, .cleared])
        #expect(world.promotions.isEmpty)
    }

    @Test("D1: a partition of hours promotes nothing either while the replica goes on receiving")
    func longPartition() {
        var world = World()
        world.scene.loseSight()
        world.scene.route = .unknown(.missing)
        world.run(.seconds(7200))
        #expect(world.verdict == .partitioned)
        #expect(world.vote(.replication)?.opinion == .alive)
        #expect(world.promotions.isEmpty)
    }

    @Test("D2: when nothing answers at all the fault is ours: nothing is done, then or after healing")
    func isolated() {
        var world = World()
        world.run(.seconds(20))
        world.scene.isolate()
        world.run(.seconds(600))
        #expect(world.verdict == .isolated)
        #expect(world.gate(.isolation)?.open == false)
        world.scene = Scene(of: .replica())
        world.run(.seconds(120))
        #expect(world.phase == .watching)
        #expect(world.orderCount == 0)
    }

    @Test("D2: a person cannot fail over either while nothing answers")
    func isolatedByHand() {
        var world = World()
        world.scene.isolate()
        world.run(.seconds(60))
        let refusal = world.ask(.failover, overriding: [.lag, .sourceAlive])?.refusal
        #expect(refusal?.contains("isolation: ") == true)
    }

    @Test(
        "D3: other clients fail while our own connection is answered: suspected, told again, never promoted")
    func grayFailure() {
        var world = World()
        world.scene.route = .healthyUntil(world.now)
        world.run(.seconds(3600))
        #expect(world.phase == .suspected)
        #expect(world.told.filter { $0 == .suspected }.count == 3, "at once, after 15 and after 30 minutes")
        #expect(world.promotions.isEmpty)
    }

    @Test("D4: without metrics a dead primary is blocked on the unknown lag")
    func missingMetrics() {
        var world = World([.shop()])
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(300))
        #expect(world.phase == .blocked)
        #expect(world.assessment?.closedGates == [.lag])
        #expect(world.gate(.lag)?.because == "orders: the replication lag is unknown")
    }

    @Test("D4: with every source empty there is neither health nor failure")
    func nothingKnown() {
        var world = World()
        world.scene.probe = .unknown(reason: .missing, detail: "-")
        world.scene.primary = .unknown(reason: .throttled, detail: "-")
        world.scene.route = .unknown(.missing)
        world.scene.replication = .unknown(.malformed)
        world.run(.seconds(600))
        #expect(world.verdict == .unknown)
        #expect(world.phases == ["65s watching -> suspected [suspect]"])
    }

    @Test("D6: observers that go to and fro for ten minutes promote nothing and change little")
    func splitObservers() {
        var world = World()
        world.scene.loseSight()
        world.scene.replication = .unknown(.missing)
        for round in 0..<60 {
            world.scene.route = .healthyUntil(round.isMultiple(of: 2) ? World.start : nil)
            world.run(.seconds(10))
        }
        #expect(world.promotions.isEmpty)
        #expect(world.phases == ["20s watching -> suspected [suspect]"])
    }

    @Test("D8: expired credentials on every call are one alert and no failover")
    func expiredCredentials() {
        var world = World()
        world.scene.primary = .unknown(reason: .denied, detail: "ExpiredToken")
        world.scene.standby = .unknown(reason: .denied, detail: "ExpiredToken")
        world.scene.route = .unknown(.denied)
        world.scene.replication = .unknown(.denied)
        world.run(.seconds(600))
        #expect(world.verdict == .configurationFault)
        #expect(world.told == [.suspected])
        #expect(world.notices.first?.headline.contains("ExpiredToken") == true)
        #expect(world.orderCount == 0)
    }

    @Test("D9: a standby with the same symptom is no target")
    func sharedFault() {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.scene.standbyProbe = .known(value: false)
        world.run(.seconds(300))
        #expect(world.phase == .blocked)
        #expect(world.gate(.target)?.because == "orders: orders-b does not answer either (no answer in 3 s)")
        #expect(world.promotions.isEmpty)
    }
}
