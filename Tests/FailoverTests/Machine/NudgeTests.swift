import Testing

@testable import Failover

@Suite("A nudge from outside")
struct NudgeTests {
    @Test("is on record with where it came from, at most once a minute, and changes nothing")
    func recorded() {
        var world = World()
        world.run(.seconds(20))
        for _ in 0..<100 { world.handle(.nudged("shop", source: "alarm db-down")) }
        #expect(world.story == ["20s nudged by alarm db-down"])
        world.run(.seconds(60))
        world.handle(.nudged("shop", source: "alarm db-down"))
        #expect(world.story.count == 2)
        #expect(world.phases.isEmpty && world.orderCount == 0)
        #expect(world.verdict == .healthy)
    }

    @Test("I1, I2, I3: a thousand alarms are no evidence, whatever they say")
    func provesNothing() {
        var world = World()
        for second in 0..<1000 {
            world.handle(.nudged("shop", source: "ALARM \(second): primary is dead"))
            world.run(.seconds(1))
        }
        #expect(world.phases.isEmpty)
    }

    @Test("I10: cannot forge a line")
    func plain() {
        var world = World()
        world.handle(.nudged("shop", source: "x\n\u{1B}[2Jshop: failover completed"))
        #expect(world.records.last?.event == .nudged(source: "x  [2Jshop: failover completed"))
    }

    @Test("of a workload that is not known is nothing")
    func unknown() {
        var world = World()
        #expect(world.handle(.nudged("shopp", source: "x")).records.isEmpty)
    }
}
