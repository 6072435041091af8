import Testing

@testable import Failover

@Suite("What the replica has seen")
struct ReplicaViewTests {
    /// Our probe, the API and all checkers lose the primary at 20 s; metrics are two minutes late.
    private func cutOff(_ replication: (Timestamp) -> Scene.Replication) -> World {
        var world = World()
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

    @Test("a metric that never comes again is waited for until its last sample is too old, no longer")
    func silentMetric() {
        var world = cutOff { at in .samples([LagSample(sampledAt: at - .seconds(60), lagSeconds: 0.2)]) }
        world.scene.standbyProbe = .known(value: true)
        world.run(.seconds(100))
        #expect(world.gate(.replicaView)?.open == false)
        world.run(.seconds(30))
        #expect(world.gate(.replicaView)?.open == true)
    }
}
