import Testing

@testable import Failover

@Suite("What would be lost")
struct OutageStartTests {
    private func loss(_ world: World) -> Double? { world.assessment?.databases.first?.lag?.lossSeconds }

    @Test("while all is well it is the lag with the age of the sample")
    func healthy() {
        var world = World()
        world.run(.seconds(60))
        #expect(loss(world) == 30.2)
    }

    @Test("once dark, only what was committed before the outage counts, however long it lasts")
    func dark() {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(120))
        #expect(loss(world) == 5)
        world.run(.seconds(100))
        #expect(loss(world) == 5)
    }

    @Test("an answer that a silence hides, taken in with it, ends the outage all the same")
    func hiddenAnswer() {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(30))
        let answers = [true, false].enumerated().map { place, answered in
            Observation(
                workload: "shop", database: "orders", source: "TCP probe", vantage: "this host",
                at: world.now + .seconds(place),
                fact: .probe(
                    side: .primary, reading: .known(value: ProbeAnswer(answered: answered, detail: "-"))))
        }
        world.skip(.seconds(2))
        world.handle(.observed(answers))
        world.run(.seconds(120))
        #expect((loss(world) ?? 0) >= 30, "it committed until then at least")
        #expect(world.gate(.lag)?.open == false)
        #expect(world.phase == .blocked)
    }

    @Test("a checker that has not noticed yet delays, but does not make the loss look larger")
    func slowCheckers() {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.scene.route = .healthyUntil(world.now + .seconds(90))
        world.run(.seconds(100))
        #expect(world.vote(.route53)?.opinion == .alive)
        world.run(.seconds(120))
        #expect(loss(world) == 5)
        #expect(world.phase == .failingOver)
    }

    @Test("a primary that others saw alive long after it went dark for us committed until then")
    func aliveForOthers() {
        var world = World()
        world.run(.seconds(20))
        world.scene.loseSight()
        world.scene.replication = .stalled(applied: world.now)
        world.run(.seconds(600))
        #expect(world.verdict == .partitioned)
        world.scene.route = .healthyUntil(world.now)
        world.run(.seconds(150))
        #expect((loss(world) ?? 0) >= 600)
        #expect(world.gate(.lag)?.open == false)
        #expect(world.promotions.isEmpty)
    }

    @Test("a replica that has changes from after the darkness began makes the outage's start unknown")
    func appliedAfterDark() {
        var world = World()
        world.run(.seconds(20))
        world.scene.loseSight()
        world.run(.seconds(300))
        world.scene.lose(at: world.now)
        world.run(.seconds(240))
        #expect((loss(world) ?? 0) >= 240)
    }

    @Test("that holds where nothing was proven in between: the replica's own changes are the proof")
    func onlyTheReplicaKnows() {
        var world = World()
        world.scene.loseSight()
        world.scene.route = .unknown(.missing)
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(1000))
        world.scene.replication = .samples([LagSample(sampledAt: world.now, lagSeconds: 350)])
        world.run(.seconds(90))
        #expect(world.verdict == .failed)
        #expect((loss(world) ?? 0) >= 350)
        #expect(world.promotions.isEmpty)
    }

    @Test("after -1 the newest sample that had a lag still counts")
    func notReplicating() {
        var world = World()
        world.run(.seconds(60))
        world.scene.lose(at: world.now)
        let before = LagSample(sampledAt: world.now - .seconds(10), lagSeconds: 0.5)
        world.scene.replication = .samples([
            LagSample(sampledAt: world.now + .seconds(50), lagSeconds: nil), before,
        ])
        world.run(.seconds(150))
        #expect(loss(world) == 15.5)
        #expect(world.phase == .failingOver)
    }

    /// Lost at 60 s, when the newest sample of the lag was 10 s old; no other one comes.
    private func silenced() -> World {
        var world = World([.shop(mode: .approval)])
        world.run(.seconds(60))
        world.scene.lose(at: world.now)
        let last = LagSample(sampledAt: world.now - .seconds(10), lagSeconds: 0.5)
        world.scene.replication = .samples([last])
        world.run(.seconds(5))
        return world
    }

    @Test("what the replica had applied when it went dark does not age with the sample that told")
    func oldSample() {
        var world = silenced()
        world.run(.seconds(400))
        #expect(loss(world) == 15.5)
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(60))
        #expect(loss(world) == 15.5)
        #expect(world.phase == .awaitingApproval)
    }

    @Test("that is still known after a restart")
    func recalled() {
        var world = silenced()
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(400))
        world.restart()
        world.run(.seconds(100))
        #expect(loss(world) == 15.5)
        #expect(world.phase == .awaitingApproval)
    }

    @Test("what was proven alive as the process stopped may have committed until the next one looks")
    func aliveBeforeARestart() {
        var world = World()
        world.run(.seconds(20))
        world.scene.loseSight()
        world.scene.replication = .stalled(applied: world.now)
        world.run(.seconds(600))
        #expect(world.verdict == .partitioned)
        world.restart()
        world.scene.route = .healthyUntil(World.start)
        world.run(.seconds(70))
        #expect((loss(world) ?? 0) >= 600)
    }

    @Test("after a clock that was ahead the outage has not begun in the future, and such a sample is none")
    func clockWasAhead() {
        var world = silenced()
        world.run(.seconds(60))
        #expect(loss(world) == 15.5)
        world.setBack(.seconds(100))
        world.scene.replication = .unknown(.missing)
        world.restart()
        let began = world.now
        world.run(.seconds(10))
        #expect(world.assessment?.databases.first?.darkSince == began)
        #expect(loss(world) == nil, "it is from 25 s after the restart")
    }

    @Test("that is known for an hour after the last sample, and no longer")
    func forgotten() {
        var world = silenced()
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(3580), pace: .seconds(10))
        #expect(loss(world) == 15.5)
        world.run(.seconds(60), pace: .seconds(10))
        #expect(loss(world) == nil)
        #expect(world.gate(.lag)?.open == false)
    }

    @Test("before the outage an old sample is no sample: unknown lag is not zero lag")
    func notRecalled() {
        var world = World()
        world.run(.seconds(60))
        world.scene.replication = .samples([LagSample(sampledAt: world.now, lagSeconds: 0.5)])
        world.run(.seconds(181))
        #expect(loss(world) == nil)
    }

    @Test("a sample that was too old when it went dark proves nothing of now")
    func tooOld() {
        var world = World()
        world.scene.replication = .samples([LagSample(sampledAt: world.now, lagSeconds: 0.5)])
        world.run(.seconds(200))
        world.scene.lose(at: world.now)
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(100))
        #expect(loss(world) == nil)
    }

    @Test("an answer on our own connection ends the darkness")
    func cleared() {
        var world = World()
        world.run(.seconds(20))
        world.scene.loseSight()
        world.run(.seconds(30))
        #expect(world.assessment?.databases.first?.darkSince != nil)
        world.scene.probe = .known(value: true)
        world.run(.seconds(5))
        #expect(world.assessment?.databases.first?.darkSince == nil)
    }
}
