import Testing

@testable import Failover

@Suite("What the replica has seen")
struct ReplicaViewTests {
    /// Our probe, the API and all checkers lose the primary at 20 s; metrics are two minutes late.
    private func cutOff(
        _ workload: Workload = .shop(), _ replication: (Timestamp) -> Scene.Replication
    ) -> World {
        var world = World([workload])
        world.scene.metricDelay = .seconds(120)
        world.run(.seconds(20))
        world.scene.loseSight()
        world.scene.route = .healthyUntil(world.now - .seconds(100))
        world.scene.replication = replication(world.now)
        return world
    }

    @Test("a Region that only its public edge has left is not given up before the replica can say so")
    func edgeDown() {
        var world = cutOff { _ in .following(lagSeconds: 0.2) }
        world.run(.seconds(110))
        #expect(
            world.assessment?.closedGates == [.replicaView], "confirmed, but the replica was not heard yet")
        #expect(world.gate(.replicaView)?.because.contains("waiting for a sample") == true)
        world.run(.seconds(600))
        #expect(world.promotions.isEmpty)
        #expect(world.orderCount == 0)
        #expect(world.verdict == .partitioned)
    }

    @Test("a dead primary is given up as soon as a sample from after its death is there")
    func dead() {
        var world = cutOff { .stalled(applied: $0) }
        world.run(.seconds(120))
        #expect(world.phase != .failingOver)
        world.run(.seconds(10))
        #expect(world.phase == .failingOver)
    }

    @Test("a metric that stops at the death is waited for until its last sample is too old, no longer")
    func silentMetric() {
        var world = cutOff { at in .samples([LagSample(sampledAt: at - .seconds(20), lagSeconds: 0.2)]) }
        world.scene.standbyProbe = .known(value: true)
        world.run(.seconds(155))
        #expect(world.assessment?.closedGates == [.replicaView])
        world.run(.seconds(10))
        #expect(world.phase == .failingOver, "what the replica had applied before is known")
        #expect(world.state.plan?.forecast.lossSeconds == 25.2)
    }

    @Test("a replica that is usually behind is given so much more time to say that its primary lives")
    func usuallyBehind() {
        var world = cutOff { at in .samples([LagSample(sampledAt: at - .seconds(20), lagSeconds: 15)]) }
        let lost = world.now
        world.run(.seconds(20))
        world.scene.replication = .samples([
            LagSample(sampledAt: lost + .seconds(15), lagSeconds: 20),
            LagSample(sampledAt: lost - .seconds(20), lagSeconds: 15),
        ])
        world.run(.seconds(90))
        #expect(world.assessment?.closedGates == [.replicaView])
    }

    @Test("Aurora's metric does not stop at a death: while it is silent a person decides")
    func silentAurora() {
        let shop = Workload.shop(databases: [.aurora(.detach)])
        var world = cutOff(shop) { at in
            .samples([LagSample(sampledAt: at - .seconds(20), lagSeconds: 0.2)])
        }
        world.run(.seconds(900))
        #expect(world.phase == .blocked)
        #expect(world.assessment?.closedGates == [.replicaView])
        #expect(world.gate(.replicaView)?.because.contains("a person decides: drctl failover") == true)
        #expect(world.ask(.failover)?.isAccepted == true)
    }

    @Test("Aurora's secondary that receives nothing says so, and its primary is given up")
    func deadAurora() {
        var world = cutOff(.shop(databases: [.aurora(.detach)])) { .stalled(applied: $0) }
        world.run(.seconds(600))
        #expect(world.orderCount > 0)
    }

    @Test("while CloudWatch turns questions away the replica is waited for no less")
    func throttled() {
        var world = cutOff { _ in .following(lagSeconds: 0.2) }
        world.run(.seconds(5))
        world.scene.replication = .unknown(.throttled)
        world.run(.seconds(60))
        #expect(world.gate(.replicaView)?.open == false)
        world.scene.replication = .following(lagSeconds: 0.2)
        world.run(.seconds(600))
        #expect(world.promotions.isEmpty)
        #expect(world.verdict == .partitioned)
    }
}
