import Testing

@testable import Failover

@Suite("Capacity in a plan")
struct CapacityPlanTests {
    private static let workload = Workload.shop(capacity: Capacity.web + [.workers])
    private static let world = LostRegionTests.confirmed([workload])

    @Test("grows while the database is promoted, and is waited for before traffic moves")
    func order() throws {
        let plan = try #require(Self.world.state.plan)
        #expect(
            plan.steps.map(\.id.rawValue) == [
                "1-recheck", "2-fence:orders", "3-promote:orders", "4-raise-capacity:web",
                "5-raise-capacity:workers", "6-await-writer:orders", "7-await-capacity",
                "8-move-record:orders.db.example", "9-confirm-traffic:orders.db.example",
            ])
        #expect(plan.steps[3].action == .raiseCapacity(Capacity.web[1]), "the standby Region's alone")
        #expect(
            plan.steps[6].action == .awaitCapacity(AwaitCapacity(capacities: [Capacity.web[1], .workers])))
        let ends = [3, 4, 6].map { plan.steps[$0].onFailure }
        #expect(ends == [.noteUnconfirmed, .noteUnconfirmed, .noteUnconfirmed])
        #expect(plan.steps[3].timeout == .seconds(60))
        #expect(plan.steps[6].timeout == .seconds(300))
        #expect(plan.pointOfNoReturn == 2)
    }

    @Test("has the policy's time")
    func time() throws {
        let hurried = Self.workload.with { $0.timeouts.capacity = .seconds(40) }
        let plan = try #require(LostRegionTests.confirmed([hurried]).state.plan)
        #expect([3, 6].map { plan.steps[$0].timeout } == [.seconds(40), .seconds(40)])
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
        #expect(plan.steps[6].action.needs == [.region(.away)])
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
                "4-raise-capacity:web would hold the traffic up: missing capacity is noted, and the plan "
                    + "goes on"
            ])
        #expect(findings { $0.steps[6].onFailure = .askOperator }.count == 1)
        #expect(
            findings { $0.steps.swapAt(1, 3) }.contains(
                "4-raise-capacity:web comes before anything is promoted"))
        #expect(
            findings { $0.steps.swapAt(6, 7) } == ["7-await-capacity comes after traffic has moved"])
        #expect(
            findings { $0.steps[3].action = .raiseCapacity(Capacity.web[0]) } == [
                "4-raise-capacity:web is about ap-southeast-2, where no writer goes"
            ])
    }

    @Test("that is missing is told at once and at the end, and traffic moves all the same")
    func missing() throws {
        var world = Self.world
        func fail(_ detail: String) {
            world.finish(.failed(detail: detail, retryable: false, mayHaveHappened: false))
        }
        world.finishSteps(upTo: "raise-capacity")
        #expect(world.state.currentStep?.id == "4-raise-capacity:web")
        fail("denied")
        #expect(world.story.contains { $0.hasSuffix("4-raise-capacity:web failed [step-unconfirmed]") })
        #expect(world.notices.last?.headline.contains("4-raise-capacity:web: denied") == true)
        #expect(world.state.currentStep?.id == "5-raise-capacity:workers")
        world.finishSteps(upTo: "await-capacity")
        fail("1 of 6 run")
        #expect(world.state.currentStep?.id == "8-move-record:orders.db.example")
        world.finishSteps()
        #expect(world.phase == .failedOver)
        let end = try #require(world.notices.last?.headline)
        #expect(
            end.contains(
                "CAPACITY NOT PROVEN: ECS service shop/web in ap-southeast-1, Auto Scaling group workers"))
        #expect(world.state.lastEnding?.unconfirmed == ["4-raise-capacity:web", "7-await-capacity"])
    }
}
