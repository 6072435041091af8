import Testing

@testable import Failover

@Suite("The candidate for promotion")
struct CandidateScenarioTests {
    /// A workload whose primary is gone and whose replica is fresh, but for what `change` does to it.
    static func lost(_ database: Database = .replica(), but change: (inout DatabaseState) -> Void) -> World {
        var world = World([.shop(databases: [database])])
        world.run(.seconds(20))
        world.scene.changeStandby(change)
        world.scene.lose(at: world.now)
        world.run(.seconds(300))
        return world
    }

    @Test("C3: a fresh replica that is being upgraded, is headless or replicates something else is not taken")
    func unfit() {
        let changes: [(inout DatabaseState) -> Void] = [
            { $0.status = "upgrading" }, { $0.instanceCount = 0 }, { $0.replicaOf = "billing-a" },
        ]
        for change in changes {
            let world = Self.lost(but: change)
            #expect(world.phase == .blocked)
            #expect(world.assessment?.closedGates == [.target])
            #expect(world.promotions.isEmpty)
        }
    }

    @Test("C3: a secondary of another minor version is not failed over to, and the reason names the way out")
    func otherVersion() {
        let world = Self.lost(.aurora(.managedFailover)) { $0.engineVersion = "16.5" }
        #expect(world.assessment?.closedGates == [.target])
        #expect(world.gate(.target)?.because.contains("method: detach works") == true)
        #expect(world.promotions.isEmpty)
    }

    @Test("R3: right after a failover the way back is refused to everybody, whatever is overridden")
    func failback() {
        var world = World()
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(120))
        world.finishSteps()
        #expect(world.phase == .failedOver)
        // The old primary is back, a writer, and replicates from nobody.
        world.scene.primary = .known(value: .of(.replica(), .primary))
        world.scene.probe = .known(value: true)
        world.run(.seconds(600))
        let asked = world.ask(.failover, overriding: [.lag, .sourceAlive])
        #expect(asked?.refusal?.contains("rebuild replication, then swap") == true)
        #expect(world.promotions.count == 1)
    }
}
