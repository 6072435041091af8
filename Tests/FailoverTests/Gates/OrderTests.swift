import Testing

@testable import Failover

/// C7: many workloads fail together, and only so many may fail over at once.
@Suite("The order in a large event")
struct OrderTests {
    /// Named by their priority and place: `p90-0`.
    private static func fleet(_ priorities: [Int], maxConcurrent: Int = 1) -> World {
        let workloads = priorities.enumerated().map { place, priority in
            var workload = Workload.shop(
                id: WorkloadID("p\(priority)-\(place)"), databases: [.replica(DatabaseID("d\(place)"))],
                traffic: [])
            workload.priority = priority
            return workload
        }
        var world = World(workloads, maxConcurrent: maxConcurrent)
        world.run(.seconds(20))
        return world
    }

    private static func lose(_ places: [Int], in world: inout World) {
        for place in places { world.scenes[DatabaseID("d\(place)")]?.lose(at: world.now) }
    }

    @Test("is by priority, and as listed among equals")
    func byPriority() {
        var world = Self.fleet([10, 50, 90, 50])
        Self.lose([0, 1, 2, 3], in: &world)
        world.run(.seconds(125))
        var served: [String] = []
        for _ in 0..<4 {
            served += world.orders.map(\.workload.rawValue)
            world.finishSteps()
            world.run(.seconds(5))
        }
        #expect(served == ["p90-2", "p50-1", "p50-3", "p10-0"])
    }

    @Test("a higher priority whose window still runs is waited for, and the gate says so")
    func waits() {
        var world = Self.fleet([10, 90])
        Self.lose([0], in: &world)
        world.run(.seconds(30))
        Self.lose([1], in: &world)
        world.run(.seconds(100))
        #expect(world.orders.isEmpty)
        #expect(world.machine.state(of: "p10-0")?.phase == .blocked)
        #expect(world.gate(.capacity)?.because.contains("first comes p90-1") == true)
        world.run(.seconds(30))
        #expect(world.orders.map(\.workload) == ["p90-1"])
    }

    @Test("a higher priority that cannot go is not waited for: on hold, or without a plan, or not agreed on")
    func doesNotWait() {
        for trouble in 0..<3 {
            var world = Self.fleet([10, 90])
            if trouble == 0 { world.ask(.hold, of: "p90-1") }
            Self.lose([0, 1], in: &world)
            if trouble == 1 { world.scenes["d1"]?.changeStandby { $0.status = "creating" } }
            if trouble == 2 { world.scenes["d1"]?.probe = .known(value: true) }
            world.run(.seconds(125))
            #expect(world.orders.map(\.workload) == ["p10-0"], "\(trouble)")
        }
    }

    @Test("with two slots the third waits, and a slot that is left over is used")
    func slots() {
        var world = Self.fleet([90, 50, 10], maxConcurrent: 2)
        Self.lose([0, 1, 2], in: &world)
        world.run(.seconds(125))
        #expect(world.orders.map(\.workload) == ["p90-0", "p50-1"])
    }

    @Test("a plan that takes over twice its forecast gives its slot back: its trouble is not the next one's")
    func slowPlan() throws {
        var world = Self.fleet([90, 10])
        Self.lose([0, 1], in: &world)
        world.run(.seconds(125))
        world.finishSteps(upTo: "promote")
        let forecast = try #require(world.machine.state(of: "p90-0")?.plan?.forecast.rtoSeconds)
        #expect(forecast > 150, "twice is more than the 5 min that every plan has")
        world.run(.seconds(Int64(forecast * 2) - 20))
        #expect(world.machine.state(of: "p10-1")?.phase == .blocked)
        world.run(.seconds(40))
        #expect(world.machine.state(of: "p10-1")?.phase == .failingOver)
        #expect(world.machine.state(of: "p90-0")?.phase == .failingOver)
    }

    @Test("a plan that waits for a person holds no slot")
    func stoppedPlan() {
        var world = Self.fleet([90, 10])
        Self.lose([0, 1], in: &world)
        world.run(.seconds(125))
        world.finishSteps(upTo: "promote")
        world.finish(.failed(detail: "no", retryable: false, mayHaveHappened: true))
        #expect(world.machine.state(of: "p90-0")?.phase == .needsOperator)
        world.run(.seconds(5))
        #expect(world.machine.state(of: "p10-1")?.phase == .failingOver)
    }

    @Test("a higher priority that only waits for its replica's word is waited for")
    func waitsForTheReplica() {
        var world = Self.fleet([10, 90])
        Self.lose([0, 1], in: &world)
        let last = LagSample(sampledAt: world.now - .seconds(20), lagSeconds: 0.2)
        world.scenes["d1"]?.replication = .samples([last])
        world.run(.seconds(155))
        #expect(world.orders.isEmpty)
        world.run(.seconds(15))
        #expect(world.orders.map(\.workload) == ["p90-1"])
    }
}
