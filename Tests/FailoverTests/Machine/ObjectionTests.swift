import Testing

@testable import Failover

/// Asked right before each call that changes something: a step may wait for half an hour for its moment.
@Suite("An order that is out")
struct ObjectionTests {
    @Test("a primary that was seen alive while the step waited blindly is not promoted over later on")
    func seenAliveMeanwhile() {
        var world = LostRegionTests.confirmed([
            .shop(databases: [.replica(fencing: Fencing(method: .none))])
        ])
        world.finish()
        guard let order = world.orders.first, order.step.action.promotes else {
            Issue.record("no promotion was ordered")
            return
        }
        #expect(world.machine.objection(to: order, now: world.now) == nil)
        world.scene = Scene(of: .replica())
        world.run(.seconds(20))
        world.scene.loseSight()
        world.scene.route = .unknown(.missing)
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(300))
        #expect(world.machine.objection(to: order, now: world.now)?.contains("alive") == true)
    }

    @Test("is not carried out once the primary answers again")
    func primaryReturns() throws {
        var world = LostRegionTests.confirmed()
        world.finish()
        world.finish(.failed(detail: "timed out", retryable: true, mayHaveHappened: false))
        let order = try #require(world.orders.last)
        #expect(order.step.action.promotes)
        #expect(world.machine.objection(to: order, now: world.now) == nil)
        world.scene.probe = .known(value: true)
        world.run(.seconds(10))
        let objection = try #require(world.machine.objection(to: order, now: world.now))
        #expect(objection.contains("alive"))
    }

    @Test("is not carried out when the plan has moved on")
    func oldOrder() throws {
        var world = LostRegionTests.confirmed()
        let recheck = try #require(world.orders.last)
        world.finish()
        #expect(world.machine.objection(to: recheck, now: world.now) != nil)
    }
}
