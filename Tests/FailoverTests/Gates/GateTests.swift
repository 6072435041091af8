import Testing

@testable import Failover

@Suite("Gates")
struct GateTests {
    /// A lost Region, with every gate open but those of `change`.
    private func lost(_ workload: Workload = .shop(), _ change: (inout World) -> Void = { _ in }) -> World {
        var world = World([workload])
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        change(&world)
        world.run(.seconds(115))
        return world
    }

    private func worldWithClosed(_ id: GateID) -> World {
        switch id {
        case .mode: return lost(.shop(mode: .observe))
        case .hold: return lost { $0.ask(.hold) }
        case .cooldown:
            var world = LostRegionTests.confirmed()
            world.finishSteps()
            return world
        case .progress: return LostRegionTests.confirmed()
        case .capacity: return World()
        case .quorum, .window: return World()
        case .sourceAlive:
            return lost {
                $0.scene.loseSight(); $0.scene.route = .healthyUntil(nil);
                $0.scene.replication = .following(lagSeconds: 0)
            }
        case .isolation: return lost { $0.scene.isolate() }
        case .provider:
            return lost {
                $0.scene.primary = .known(value: .of(.replica(), .primary))
                $0.scene.changePrimary { $0.status = "failing-over" }
            }
        case .lag: return lost { $0.scene.replication = .unknown(.missing) }
        case .target: return lost { $0.scene.changeStandby { $0.status = "creating" } }
        case .targetLogin:
            return lost {
                $0.scene.standbySQL = SQLAnswer(outcome: .turnedAway, detail: "28P01: no such password")
            }
        case .position: return lost { $0.scene.promote() }
        case .maintenance:
            // The world begins on a Thursday at midnight.
            let night = MaintenanceWindow(days: [.thu], startMinute: 0, duration: .seconds(3600))
            return lost(Workload.shop().with { $0.maintenance = [night] })
        case .lease: return World(needsLease: true)
        case .freshness:
            return lost {
                $0.scene.route = nil
                $0.scene.replication = .samples([LagSample(sampledAt: $0.now, lagSeconds: nil)])
            }
        case .replicaView: return lost { $0.scene.replication = .following(lagSeconds: 0) }
        case .fleet: return FleetTests.scattered()
        case .selfDependency:
            var workload = Workload.shop()
            workload.topics = [workload.topics[0]]
            return lost(workload)
        default:
            Issue.record("no world in which \(id) is closed")
            return World()
        }
    }

    @Test("each is open in a lost Region right after the window", arguments: GateID.allCases)
    func open(id: GateID) {
        var world = lost(.shop(mode: id == .mode ? .automatic : .approval))
        if id == .window || id == .mode { world.look() }
        if id == .window {
            world.run(.seconds(5))
            #expect(world.phase == .awaitingApproval)
        }
        #expect(id == .mode || world.gate(id)?.open == true)
        if id == .mode { #expect(world.gate(.mode)?.open == true) }
    }

    @Test("one database that would lose too much blocks the workload, however little another one would lose")
    func everyLoss() {
        var world = World([.shop(databases: [.replica("a"), .replica("b")], traffic: [])])
        world.run(.seconds(20))
        for id in ["a", "b"] as [DatabaseID] { world.scenes[id]?.lose(at: world.now) }
        world.scenes["b"]?.replication = .stalled(applied: world.now - .seconds(60))
        world.run(.seconds(140))
        #expect(world.assessment?.closedGates == [.lag])
        #expect(world.orderCount == 0)
    }

    @Test("after a failover the position is where the workload runs now")
    func runsElsewhere() {
        var world = LostRegionTests.confirmed()
        world.finishSteps()
        #expect(world.gate(.position)?.because.hasPrefix("runs in ap-southeast-1") == true)
    }

    @Test(
        "each is closed where it should be, and says why",
        arguments: GateID.allCases.filter { $0 != .capacity })
    func closed(id: GateID) {
        let gate = worldWithClosed(id).gate(id)
        #expect(gate?.open == false)
        #expect(gate?.because.isEmpty == false)
    }

    @Test("what a person can override is what the request says, and some things nobody can")
    func overrides() {
        let never = GateID.allCases.filter { if case .never = $0.override { true } else { false } }
        #expect(never == [.hold, .progress, .lease, .isolation, .target, .position])
        for id in never where id != .progress && id != .lease {
            var world = worldWithClosed(id)
            #expect(
                world.ask(.failover, overriding: GateID.allCases)?.refusal?.contains("\(id.rawValue): ")
                    == true)
        }
    }

    @Test("the window is the whole window, to the second")
    func window() {
        var world = lost()
        #expect(world.gate(.window)?.because == "the quorum has held for 55 s of 60 s")
        #expect(world.phase == .suspected)
        world.run(.seconds(4), pace: .seconds(4))
        #expect(world.phase == .suspected)
        world.run(.seconds(1))
        #expect(world.phase == .failingOver)
    }

    @Test("a gap in the quorum starts the window again")
    func gap() {
        var world = lost()
        world.scene.probe = .known(value: true)
        world.run(.seconds(5))
        world.scene.probe = .known(value: false)
        world.run(.seconds(60))
        #expect(world.phase == .suspected)
    }

    @Test("the cooldown ends by itself, and is not armed by a plan that was given up")
    func cooldown() {
        let world = worldWithClosed(.cooldown)
        let machine = world.machine
        let later = machine.view(of: "shop", now: world.now + .seconds(7200))
        #expect(later?.assessment?.gates.first { $0.id == .cooldown }?.open == true)
        var abandoned = LostRegionTests.confirmed()
        abandoned.finish(.failed(detail: "-", retryable: false, mayHaveHappened: false))
        #expect(abandoned.gate(.cooldown)?.open == true)
    }

    @Test(
        "the target must be fit",
        arguments: [
            "stopped", "upgrading", "failed", "something-new",
        ])
    func unfitStatus(status: String) {
        #expect(lost { $0.scene.changeStandby { $0.status = status } }.gate(.target)?.open == false)
    }

    @Test("a target that is headless, terminated, unread, or a replica of something else is not fit")
    func unfit() {
        let changes: [(inout DatabaseState) -> Void] = [
            { $0.instanceCount = 0 },
            { $0.replication = .init(normal: false, text: "terminated: 30 days") },
            { $0.replicaOf = "arn:aws:rds:ap-southeast-2:111122223333:db:billing-a" },
        ]
        for change in changes {
            #expect(lost { $0.scene.changeStandby(change) }.gate(.target)?.open == false)
        }
        #expect(
            lost { $0.scene.standby = .unknown(reason: .throttled, detail: "-") }.gate(.target)?.open == false
        )
        #expect(lost { $0.scene.standby = nil }.gate(.target)?.because == "orders: orders-b was not observed")
        #expect(lost { $0.scene.changeStandby { $0.replicaOf = "ORDERS-A" } }.gate(.target)?.open == true)
    }

    @Test("managed failover needs the same engine version on both sides, detaching does not")
    func versions() {
        for (method, isFit) in [(AuroraMethod.managedFailover, false), (.detach, true)] {
            var world = World([.shop(databases: [.aurora(method)])])
            world.scene.changeStandby { $0.engineVersion = "16.5" }
            world.run(.seconds(20))
            #expect(world.gate(.target)?.open == isFit)
        }
    }

    @Test("the position is not as configured when the primary has become a replica")
    func position() {
        let world = lost { world in
            world.scene.primary = .known(value: .of(.replica(), .primary))
            world.scene.changePrimary { $0.follow("x") }
        }
        #expect(world.gate(.position)?.because == "orders: orders-a is a replica, not the writer")
        #expect(world.orderCount == 0)
    }

    @Test("a cooldown that a clock ahead has put on record runs from when the next process took over")
    func clockWasAhead() {
        var world = LostRegionTests.confirmed()
        world.finishSteps()
        world.setBack(.seconds(10_800))
        world.restart()
        #expect(world.gate(.cooldown)?.because.contains("quiet for another 2 h") == true)
        world.skip(.seconds(7200))
        #expect(world.gate(.cooldown)?.open == true)
        world.skip(.seconds(4000))
        #expect(world.gate(.cooldown)?.open == true, "nor does it begin again when that time has come")
    }
}
