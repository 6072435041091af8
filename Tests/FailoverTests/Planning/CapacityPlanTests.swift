import Testing

@testable import Failover

@Suite("Capacity in a plan")
struct CapacityPlanTests {
    private static let workload = Workload.shop(capacity: Capacity.web + [.workers])
    private static let world = LostRegionTests.confirmed([workload])

    @Test("grows in one step while the database is promoted, and is waited for before traffic moves")
    func order() throws {
        let plan = try #require(Self.world.state.plan)
        #expect(
            plan.steps.map(\.id.rawValue) == [
                "1-recheck", "2-fence:orders", "3-promote:orders", "4-raise-capacity",
                "5-await-writer:orders", "6-await-capacity", "7-move-record:orders.db.example",
                "8-confirm-traffic:orders.db.example",
            ])
        let away = [Capacity.web[1], .workers]
        #expect(
            plan.steps[3].action == .raiseCapacity(RaiseCapacity(capacities: away)),
            "the standby Region's alone")
        #expect(plan.steps[5].action == .awaitCapacity(AwaitCapacity(capacities: away)))
        #expect([3, 5].map { plan.steps[$0].onFailure } == [.noteUnconfirmed, .noteUnconfirmed])
        #expect(plan.steps[3].timeout == .seconds(60))
        #expect(plan.steps[3].tries == 1, "a silent API costs its minute once")
        #expect(plan.steps[5].timeout == .seconds(300))
        #expect(plan.pointOfNoReturn == 2)
        let most = PlanLint.mostSteps(databases: 1, levers: 1)
        #expect(plan.steps.count == most, "which config.yaml is held against")
    }

    @Test("has the policy's time, or none and is not waited for")
    func time() throws {
        func plan(_ time: Duration) throws -> Plan {
            let workload = Self.workload.with { $0.timeouts.capacity = time }
            return try #require(LostRegionTests.confirmed([workload]).state.plan)
        }
        #expect(try plan(.seconds(40)).steps[5].timeout == .seconds(40))
        let hurried = try plan(.zero)
        #expect(hurried.steps.filter { !$0.action.capacities.isEmpty }.map(\.id) == ["4-raise-capacity"])
    }

    @Test("of the primary Region alone is no step, until the roles are turned")
    func turned() throws {
        let home = Workload.shop(capacity: [Capacity.web[0]])
        #expect(LostRegionTests.confirmed([home]).state.plan?.steps.count == 6)
        var back = home
        back.databases = [Database.replica().swapped]
        #expect(back.standbyCapacity == [Capacity.web[0]])
    }

    @Test("depends on the standby Region alone")
    func dependence() throws {
        let plan = try #require(Self.world.state.plan)
        #expect(plan.steps[3].action.needs == [.region(.away)])
        #expect(plan.steps[5].action.needs == [.region(.away)])
        #expect(
            Dependence(of: plan, for: Self.workload, host: nil).lines.contains { $0.contains("capacity") }
                == false)
    }

    @Test("the lint refuses it where it would stop the traffic, or come too early, too late or elsewhere")
    func lint() throws {
        let sound = try #require(Self.world.state.plan)
        func findings(_ change: (inout Plan) -> Void) -> [String] {
            var plan = sound
            change(&plan)
            return PlanLint.findings(on: plan)
        }
        #expect(findings { _ in } == [])
        #expect(
            findings { $0.steps[3].onFailure = .askOperator } == [
                "4-raise-capacity would hold the traffic up: missing capacity is noted, and the plan "
                    + "goes on"
            ])
        #expect(findings { $0.steps[5].onFailure = .askOperator }.count == 1)
        #expect(
            findings { $0.steps.swapAt(1, 3) }.contains(
                "4-raise-capacity comes before everything is promoted"))
        #expect(
            findings { $0.steps.swapAt(5, 6) } == ["6-await-capacity comes after traffic has moved"])
        #expect(
            findings { $0.steps[3].action = .raiseCapacity(RaiseCapacity(capacities: [Capacity.web[0]])) }
                == [
                    "4-raise-capacity is about ap-southeast-2, where no writer goes"
                ])
    }

    @Test("between two promotions is too early")
    func betweenPromotions() throws {
        let sound = try #require(Self.world.state.plan)
        guard case .promoteReplica(var second) = sound.steps[2].action,
            case .awaitWriter(var wait) = sound.steps[4].action
        else { return #expect(Bool(false), "a promotion and its proof") }
        (second.database, second.identifier) = ("billing", "billing-replica")
        wait.database = "billing"
        var plan = sound
        let late = Step(
            id: "late", action: .promoteReplica(second), timeout: .seconds(60), tries: 1,
            onFailure: .askOperator)
        let proof = Step(
            id: "proof", action: .awaitWriter(wait), timeout: .seconds(60), tries: 1,
            onFailure: .askOperator)
        plan.steps.insert(contentsOf: [late, proof], at: 4)
        #expect(PlanLint.findings(on: plan) == ["4-raise-capacity comes before everything is promoted"])
        plan.steps.swapAt(3, 4)
        #expect(PlanLint.findings(on: plan) == [])
    }

    /// The last message of a failover in which a raise failed, and the wait ended so.
    private func end(awaited: StepOutcome) throws -> (headline: String, world: World) {
        var world = Self.world
        world.finishSteps(upTo: "raise-capacity")
        world.finish(.failed(detail: "denied", retryable: false, mayHaveHappened: false))
        #expect(world.story.contains { $0.hasSuffix("4-raise-capacity failed [step-unconfirmed]") })
        #expect(world.notices.last?.headline.contains("4-raise-capacity: denied") == true)
        #expect(world.state.currentStep?.id == "5-await-writer:orders")
        world.finishSteps(upTo: "await-capacity")
        world.finish(awaited)
        #expect(world.state.currentStep?.id == "7-move-record:orders.db.example")
        world.finishSteps()
        #expect(world.phase == .failedOver)
        return (try #require(world.notices.last?.headline), world)
    }

    private func missed(_ detail: String) -> StepOutcome {
        .failed(detail: detail, retryable: false, mayHaveHappened: false)
    }

    @Test("that is missing is told at once and at the end, once, and traffic moves all the same")
    func missing() throws {
        let (headline, world) = try end(awaited: missed("1 of 6 run of \(Capacity.web[1].label)"))
        #expect(headline.contains("CAPACITY NOT PROVEN: ECS service shop/web in ap-southeast-1; "))
        #expect(!headline.contains("workers"), "they run")
        #expect(!headline.contains("not confirmed"))
        #expect(world.state.lastEnding?.unconfirmed == ["4-raise-capacity", "6-await-capacity"])
    }

    @Test("of which nothing was seen is all named")
    func unseen() throws {
        for detail in ["ap-southeast-1 gives no answer", "there is no \(Capacity.workers.label), and..."] {
            let (headline, _) = try end(awaited: missed(detail))
            #expect(
                headline.contains(
                    "CAPACITY NOT PROVEN: ECS service shop/web in ap-southeast-1, "
                        + "Auto Scaling group workers"))
        }
    }

    @Test("that was seen running is not missing, whatever raised it")
    func seen() throws {
        let (headline, world) = try end(awaited: .succeeded(detail: "all run"))
        #expect(!headline.contains("CAPACITY NOT PROVEN"))
        #expect(!headline.contains("not confirmed"))
        #expect(world.state.lastEnding?.unconfirmed == ["4-raise-capacity"])
    }
}
