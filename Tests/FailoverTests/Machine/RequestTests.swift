import Testing

@testable import Failover

@Suite("Requests")
struct RequestTests {
    /// A world in each phase.
    static func world(in phase: Phase) -> World {
        var world: World
        switch phase {
        case .watching:
            world = World()
            world.run(.seconds(20))
        case .suspected:
            world = World()
            world.scene.loseSight()
            world.run(.seconds(20))
        case .blocked:
            world = LostRegionTests.confirmed([.shop(mode: .observe)])
        case .awaitingApproval:
            world = LostRegionTests.confirmed([.shop(mode: .approval)])
        case .failingOver:
            world = LostRegionTests.confirmed()
        case .needsOperator:
            world = LostRegionTests.confirmed()
            world.finishSteps(upTo: "await-writer")
            world.finish(.failed(detail: "no writer", retryable: false, mayHaveHappened: false))
        case .failedOver:
            world = LostRegionTests.confirmed()
            world.finishSteps()
        }
        #expect(world.phase == phase)
        return world
    }

    @Test(
        "every verb in every phase is answered, recorded, and a refusal says what to do",
        arguments: Phase.allCases)
    func everyVerb(phase: Phase) {
        for verb in OperatorRequest.Verb.allCases {
            var world = Self.world(in: phase)
            let before = world.records.count
            let reply = world.ask(verb)
            #expect(reply != nil)
            #expect(world.records.count > before)
            guard let refusal = reply?.refusal else {
                #expect(world.records[before].event.isRequestReceived, "\(verb) in \(phase)")
                continue
            }
            #expect(!refusal.isEmpty)
            #expect(world.phase == phase)
            let isComplete =
                verb == .release
                ? refusal == "shop is not on hold"
                : refusal.contains("drctl")
                    || refusal.contains("config.yaml") || refusal.contains("--override")
            #expect(isComplete, "\(verb) in \(phase): \(refusal)")
        }
    }

    @Test("an unknown workload is refused with the known ones")
    func unknownWorkload() {
        var world = World()
        #expect(world.ask(.failover, of: "shopp")?.refusal == "there is no workload shopp; known: shop")
        #expect(world.records.count == 1)
    }

    @Test("O1: a failover of what has failed over already is refused, and nothing is called")
    func alreadyThere() {
        var world = Self.world(in: .failedOver)
        let orders = world.orderCount
        let refusal = world.ask(.failover, overriding: [.lag, .sourceAlive])?.refusal
        #expect(refusal?.contains("it has failed over already (epoch 1)") == true)
        #expect(world.orderCount == orders)
    }

    @Test("O2: a person and the controller, or two people, start one failover")
    func twoAtOnce() {
        var world = Self.world(in: .failingOver)
        #expect(world.ask(.failover)?.refusal?.contains("failover 1 is running, at 1-recheck") == true)
        var approval = Self.world(in: .awaitingApproval)
        #expect(approval.ask(.approve)?.isAccepted == true)
        #expect(approval.ask(.approve)?.isAccepted == false)
        #expect(approval.ask(.failover)?.isAccepted == false)
        #expect(approval.orderCount == 1)
    }

    @Test("a healthy primary is failed over only against its proof of life, and behind a fence that holds")
    func healthyPrimary() {
        var world = Self.world(in: .watching)
        #expect(world.ask(.failover)?.refusal?.contains("--override source-alive") == true)
        #expect(world.ask(.failover, overriding: [.sourceAlive, .lag])?.isAccepted == true)
        let fence = world.state.plan?.steps.first { $0.action.name == "fence" }
        #expect(fence?.onFailure == .askOperator)
    }

    @Test("a healthy primary is no less alive because our own connection says nothing")
    func healthyUnseen() {
        var world = World()
        world.scene.probe = .unknown(reason: .nameNotResolved, detail: "orders-a.example")
        world.scene.primary = nil
        world.run(.seconds(20))
        #expect(world.ask(.failover)?.refusal?.contains("source-alive: orders: route53") == true)
    }

    @Test("without a fence in the configuration the proof of life cannot be overridden")
    func overrideWithoutFence() {
        var world = World([.shop(databases: [.replica(fencing: Fencing(method: .none))])])
        world.run(.seconds(20))
        let refusal = world.ask(.failover, overriding: [.sourceAlive, .lag])?.refusal
        #expect(refusal?.contains("orders has no fencing in config.yaml") == true)
        #expect(world.story.last == "20s ana is refused: failover")
        #expect(world.phase == .watching)
    }

    @Test("an early abandonment holds the workload, and says what is fenced already")
    func abandonEarly() {
        let fencing = Fencing(method: .quarantine(securityGroups: ["sg"]), required: true)
        let databases: [Database] = [.replica("a", fencing: fencing), .replica("b", fencing: fencing)]
        var world = World([.shop(databases: databases, traffic: [])])
        world.run(.seconds(20))
        for id in ["a", "b"] as [DatabaseID] { world.scenes[id]?.lose(at: world.now) }
        world.run(.seconds(120))
        world.finish()
        world.finish()
        world.finish(.failed(detail: "no", retryable: false, mayHaveHappened: true))
        let reply = world.ask(.abandon)
        #expect(
            reply
                == .accepted(
                    message:
                        "shop: the plan is given up; nothing was promoted; a-a in ap-southeast-2 is FENCED: "
                        + "undo that by hand; b-a in ap-southeast-2 may be FENCED: undo that by hand; on "
                        + "hold until drctl release shop"))
        #expect(world.state.hold?.by == "ana")
        world.run(.seconds(300))
        #expect(world.state.epoch == 1, "it must not start again by itself")
        #expect(world.phase == .blocked)
    }

    @Test("a dry run says what a request would do and changes nothing")
    func dryRun() {
        let world = Self.world(in: .blocked)
        let request = OperatorRequest(verb: .failover, by: "ana", reason: "-")
        let dryRun = world.machine.dryRun(request, of: "shop", now: world.now)
        #expect(dryRun?.refusedBy == [])
        #expect(dryRun?.automaticRefusedBy == [.mode])
        #expect(dryRun?.plan?.epoch == 1)
        #expect(world.state.epoch == 0)
        #expect(world.machine.dryRun(request, of: "nope", now: world.now) == nil)
    }
}

extension Event {
    fileprivate var isRequestReceived: Bool { if case .requestReceived = self { true } else { false } }
}
