import Testing

@testable import Failover

/// C10: would this plan need the Region that it leaves?
@Suite("What a plan needs of the Region that it leaves")
struct SelfDependencyTests {
    /// The primary in us-east-1, where Route 53's control plane is.
    private static func virginia(_ traffic: TrafficLever = .record()) -> Workload {
        var database = Database.replica()
        database.primary.region = "us-east-1"
        return .shop(databases: [database], traffic: [traffic])
    }

    private static func lost(_ workload: Workload, host: HostFacts? = nil) -> World {
        var world = World([workload], host: host)
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(130))
        return world
    }

    @Test(
        "a record in Route 53 when us-east-1 is lost: blocked before anything is begun, and the step is named"
    )
    func record() {
        var world = Self.lost(Self.virginia())
        #expect(world.phase == .blocked)
        #expect(world.assessment?.closedGates == [.selfDependency])
        #expect(
            world.gate(.selfDependency)?.because.hasPrefix(
                "5-move-record:orders.db.example needs Route 53's control plane in us-east-1") == true)
        #expect(
            world.ask(.failover)?.refusal?.contains(
                "(to fail over all the same: --override self-dependency)") == true)
        #expect(world.ask(.failover, overriding: [.selfDependency])?.isAccepted == true)
    }

    @Test("a health check that is flipped elsewhere needs nothing of it")
    func healthCheck() {
        let world = Self.lost(Self.virginia(.check()))
        #expect(world.phase == .failingOver)
    }

    @Test("while that Region's API answers it is not lost: only the instance is dead")
    func instanceOnly() {
        var world = World([Self.virginia()])
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.scene.primary = .known(value: .of(Self.virginia().databases[0], .primary))
        world.run(.seconds(130))
        #expect(world.phase == .failingOver)
    }

    @Test("topics there alone, credentials from there, and drctl itself there are named")
    func surroundings() {
        var workload = Workload.shop()
        workload.topics = [workload.topics[0]]
        let world = Self.lost(workload, host: HostFacts(region: .home, credentialsRegion: .home))
        #expect(
            world.gate(.selfDependency)?.because
                == "every notification topic is in ap-southeast-2; drctl itself runs in ap-southeast-2; "
                + "drctl's credentials are issued in ap-southeast-2. It stays closed until config.yaml or "
                + "the host is changed")
        let elsewhere = Self.lost(.shop(), host: HostFacts(region: .away, credentialsRegion: .away))
        #expect(elsewhere.phase == .failingOver)
    }

    @Test("a fence there is owed, or waited for on purpose: neither keeps the plan from beginning")
    func fence() {
        for required in [true, false] {
            let fencing = Fencing(method: .quarantine(securityGroups: ["sg"]), required: required)
            let world = Self.lost(.shop(databases: [.replica(fencing: fencing)]))
            #expect(world.phase == .failingOver)
        }
    }
}
