import Testing

@testable import Failover

@Suite("The brake on many failures at once")
struct FleetTests {
    /// `count` workloads, each with a database of its own name; those in `scattered` have their primary in
    /// another Region.
    private static func fleet(_ count: Int, scattered: Int = 0) -> World {
        let workloads = (0..<count).map { number in
            var database = Database.replica(DatabaseID("d\(number)"))
            if number < scattered { database.primary.region = Region("eu-west-\(number + 1)") }
            return Workload.shop(id: WorkloadID("w\(number)"), databases: [database], traffic: [])
        }
        return World(workloads, maxConcurrent: 10)
    }

    private static func lose(_ numbers: Range<Int>, in world: inout World) {
        for number in numbers { world.scenes[DatabaseID("d\(number)")]?.lose(at: world.now) }
    }

    /// Three of four, in three Regions, within a second: no Region's loss explains that.
    static func scattered() -> World {
        var world = fleet(4, scattered: 4)
        world.run(.seconds(20))
        lose(0..<3, in: &world)
        world.run(.seconds(130))
        return world
    }

    @Test(
        "C8: three of four fail at once in three Regions: nothing is promoted; a person decides"
    )
    func brake() {
        var world = Self.scattered()
        #expect(world.orderCount == 0)
        #expect(world.phase == .blocked)
        #expect(
            world.gate(.fleet)?.because
                == "3 of 4 workloads failed within 60 s, and no lost Region explains it: it looks like our "
                + "own fault. It stays closed until a person decides: drctl failover w0")
        #expect(world.ask(.failover)?.isAccepted == true, "a person decides")
        #expect(world.orderCount == 1)
    }

    @Test("a lost Region with a witness outside of each explains itself, and all of it fails over")
    func region() {
        var world = Self.fleet(4)
        world.run(.seconds(20))
        Self.lose(0..<4, in: &world)
        world.run(.seconds(125))
        #expect(world.orderCount == 4)
        #expect(world.gate(.fleet)?.because.contains("all of them in ap-southeast-2") == true)
    }

    @Test("two of three are an ordinary bad day")
    func atLeast() {
        var world = Self.fleet(3, scattered: 3)
        world.run(.seconds(20))
        Self.lose(0..<2, in: &world)
        world.run(.seconds(125))
        #expect(world.orderCount == 2)
    }

    @Test("half of all is not more than half")
    func share() {
        var world = Self.fleet(6, scattered: 6)
        world.run(.seconds(20))
        Self.lose(0..<3, in: &world)
        world.run(.seconds(125))
        #expect(world.orderCount == 3)
    }

    @Test("failures that are further apart than the brake looks are not one event")
    func apart() {
        var world = Self.fleet(4, scattered: 4)
        world.run(.seconds(20))
        for number in 0..<3 {
            Self.lose(number..<(number + 1), in: &world)
            world.run(.seconds(130))
        }
        world.run(.seconds(60))
        #expect(world.orderCount == 3)
    }

    @Test("it opens again when most of them have come back")
    func recovers() {
        var world = Self.scattered()
        for number in 1..<3 {
            let id = DatabaseID("d\(number)")
            world.scenes[id] = Scene(of: world.workloads[number].databases[0])
        }
        world.run(.seconds(70))
        #expect(world.orders.map(\.workload) == ["w0"])
    }
}
