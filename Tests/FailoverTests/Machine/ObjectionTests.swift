import Testing

@testable import Failover

/// Asked right before each call that changes something: a step may wait for half an hour for its moment.
@Suite("An order that is out")
struct ObjectionTests {
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
