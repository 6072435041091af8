import Testing

@testable import Failover

@Suite("The brake on many failures at once")
struct FleetTests {
    /// `count` workloads, each with a database of its own name; those in `scattered` have their primary in
    /// another Region.
    private static func fleet(
        _ count: Int, scattered: Int = 0, brake: FleetBrake = FleetBrake()
    ) -> World {
        let workloads = (0..<count).map { number in
            var database = Database.replica(DatabaseID("d\(number)"))
            if number < scattered { database.primary.region = Region("eu-west-\(number + 1)") }
            return Workload.shop(id: WorkloadID("w\(number)"), databases: [database], traffic: [])
        }
        return World(workloads, maxConcurrent: 10, brake: brake)
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

    @Test(
        "it brakes by what the configuration says: how many, what part, how close together",
        arguments: [
            (FleetBrake(), 0), (FleetBrake(atLeast: 4), 3), (FleetBrake(share: 0.75), 3),
            (FleetBrake(within: .seconds(15)), 3),
        ])
    func configured(brake: FleetBrake, failovers: Int) {
        var world = Self.fleet(4, scattered: 4, brake: brake)
        world.run(.seconds(20))
        for number in 0..<3 {
            Self.lose(number..<(number + 1), in: &world)
            world.run(.seconds(20))
        }
        world.run(.seconds(130))
        #expect(world.orderCount == failovers)
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
        #expect(Set(world.orders.map(\.workload)).count == 3)
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

    @Test("evidence that flickers does not open it: only calm ends a failure")
    func flickers() {
        var world = Self.scattered()
        for number in 0..<3 {
            let id = DatabaseID("d\(number)")
            let route = world.scenes[id]?.route
            world.scenes[id]?.route = .unknown(.missing)
            world.run(.seconds(5))
            world.scenes[id]?.route = route
            world.run(.seconds(90))
        }
        world.run(.seconds(100))
        #expect(world.orderCount == 0)
    }

    @Test("what was doubtful for minutes, and turns failed beside others, is part of what happens now")
    func turnsAgain() {
        var world = Self.fleet(4, scattered: 4)
        world.run(.seconds(20))
        world.ask(.hold, of: "w0")
        Self.lose(0..<1, in: &world)
        world.run(.seconds(100))
        let (route, replication) = (world.scenes["d0"]?.route, world.scenes["d0"]?.replication)
        world.scenes["d0"]?.route = .unknown(.missing)
        world.scenes["d0"]?.replication = .unknown(.missing)
        world.run(.seconds(200))
        world.scenes["d0"]?.route = route
        world.scenes["d0"]?.replication = replication
        Self.lose(1..<3, in: &world)
        world.run(.seconds(130))
        #expect(world.orderCount == 0)
    }

    @Test("a lost Region is not held up by one more failure elsewhere, and that one goes too")
    func beside() {
        var world = Self.fleet(7, scattered: 2)
        world.run(.seconds(20))
        Self.lose(1..<7, in: &world)
        world.run(.seconds(125))
        #expect(world.orderCount == 6)
        let text = world.machine.view(of: "w2", now: world.now)?.assessment?.gates.first { $0.id == .fleet }
        #expect(text?.because.contains("5 of them in ap-southeast-2") == true)
    }

    @Test("when a large part of what is elsewhere fails as well, no lost Region explains it")
    func everywhere() {
        var world = Self.fleet(7, scattered: 2)
        world.run(.seconds(20))
        Self.lose(0..<7, in: &world)
        world.run(.seconds(300))
        #expect(world.orderCount == 0)
    }

    @Test("what has failed over does not count, though after a restart it all looks new")
    func afterRestart() {
        var world = Self.fleet(4, scattered: 4)
        world.run(.seconds(20))
        Self.lose(0..<2, in: &world)
        world.run(.seconds(125))
        world.finishSteps()
        #expect(world.machine.state(of: "w1")?.phase == .failedOver)
        world.restart()
        Self.lose(2..<3, in: &world)
        world.run(.seconds(130))
        #expect(world.machine.state(of: "w2")?.phase == .failingOver)
    }

    @Test("what failed long before a restart did not fail as the process began")
    func recalled() {
        var world = Self.fleet(4, scattered: 4)
        world.run(.seconds(20))
        for number in 0..<2 {
            world.ask(.hold, of: WorkloadID("w\(number)"))
            Self.lose(number..<(number + 1), in: &world)
            world.run(.seconds(200))
        }
        world.restart()
        Self.lose(2..<3, in: &world)
        world.run(.seconds(130))
        #expect(world.machine.state(of: "w2")?.phase == .failingOver)
    }
}
