import Testing

@testable import Failover

/// Several hosts share a journal; one of them may act.
@Suite("The lease")
struct LeaseTests {
    static let theirs = LeaseView(holder: "host-b", epoch: 3, validUntil: nil)

    private static func ours(in world: World, for duration: Duration = .seconds(3600)) -> LeaseView {
        LeaseView(holder: "host-a", epoch: 4, validUntil: world.now + duration)
    }

    private static func follower(_ workloads: [Workload] = [.shop()]) -> World {
        var world = World(workloads, needsLease: true)
        world.handle(.lease(theirs))
        return world
    }

    @Test("a host without it watches, and writes, orders and tells nothing")
    func follows() {
        var world = Self.follower()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(300))
        #expect(world.records.isEmpty)
        #expect(world.orderCount == 0 && world.deliveries.isEmpty)
        #expect(world.verdict == .failed, "it looks all the same")
    }

    @Test("a host without it refuses what people ask, says who holds it, and keeps no record")
    func refuses() {
        var world = Self.follower()
        for verb in OperatorRequest.Verb.allCases {
            #expect(world.ask(verb)?.refusal?.contains("held by host-b (epoch 3)") == true)
        }
        #expect(world.records.isEmpty)
    }

    @Test("who takes it over has watched already, and acts at once")
    func takesOver() {
        var world = Self.follower()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(120))
        world.handle(.lease(Self.ours(in: world)))
        world.look()
        #expect(world.records.isEmpty, "what others wrote has to be replayed first")
        #expect(world.gate(.lease)?.because.contains("the journal is read first") == true)
        world.handle(.started(version: "2", configurationDigest: "-"))
        world.run(.seconds(5))
        world.run(.seconds(5))
        #expect(world.phase == .failingOver)
    }

    @Test("who takes it over goes on with the plan that another host has begun")
    func goesOn() {
        var first = LostRegionTests.confirmed()
        first.finishSteps(upTo: "await-writer")
        var world = Self.follower()
        world.run(first.now - World.start)
        for record in first.records { world.replay(record) }
        world.handle(.lease(Self.ours(in: world)))
        world.handle(.started(version: "2", configurationDigest: "-"))
        #expect(world.orders.map(\.step.action.name) == ["await-writer"])
        #expect(world.orders.first?.mayHaveHappened == true)
    }

    @Test("a plan that another host gave up asks for a whole window of agreement again")
    func givenUpElsewhere() {
        var world = Self.follower()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(120))
        #expect(world.gate(.window)?.open == true)
        let ending = PlanEnding(outcome: .abandoned, because: "the primary is back")
        world.replay(
            Record(at: world.now, workload: "shop", epoch: 1, rule: nil, event: .planEnded(ending: ending)))
        #expect(world.gate(.window)?.open == false)
    }

    @Test("an order is not carried out once the lease has run out, or is about to")
    func objects() throws {
        var world = Self.follower()
        world.handle(.lease(Self.ours(in: world, for: .seconds(200))))
        world.handle(.started(version: "1", configurationDigest: "-"))
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(125))
        let order = try #require(world.orders.last)
        let end = World.start + .seconds(200)
        #expect(world.machine.objection(to: order, now: end - .seconds(3)) == nil)
        #expect(world.machine.objection(to: order, now: end - .seconds(1)) != nil)
        #expect(world.machine.objection(to: order, now: end - .seconds(3), margin: .seconds(5)) != nil)
    }

    @Test(
        "H2: after a pause past its end nothing goes on, not even with a new one, until the journal was read")
    func lapse() {
        var world = Self.follower()
        world.handle(.lease(Self.ours(in: world, for: .seconds(200))))
        world.handle(.started(version: "1", configurationDigest: "-"))
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(125))
        let written = world.records.count
        world.skip(.seconds(120))
        world.finish()
        #expect(world.records.count == written, "a result that comes too late changes nothing")
        world.handle(.lease(Self.ours(in: world)))
        world.run(.seconds(30))
        #expect(world.records.count == written)
        world.handle(.started(version: "1", configurationDigest: "-"))
        #expect(world.records.count > written)
        world.run(.seconds(70))
        #expect(world.orders.last?.attempt == 2)
        #expect(world.orders.last?.mayHaveHappened == true)
    }
}
