import Testing

@testable import Failover

@Suite("The planner")
struct PlannerTests {
    private func plan(_ workload: Workload, overriding overrides: [GateID] = []) -> DryRun? {
        var world = World([workload])
        world.run(.seconds(20))
        for id in workload.databases.map(\.id) { world.scenes[id]?.lose(at: world.now) }
        world.run(.seconds(120))
        let request = OperatorRequest(verb: .failover, by: "ana", reason: "-", overrides: overrides)
        return world.machine.dryRun(request, of: workload.id, now: world.now)
    }

    private func lines(_ plan: Plan?) -> [String] {
        (plan?.steps ?? []).map { "\($0.id) \($0.timeout.text) x\($0.tries) else \($0.onFailure.rawValue)" }
    }

    @Test("an RDS replica: recheck, a short try to fence, promote, prove, move, confirm")
    func replica() {
        let plan = plan(.shop())?.plan
        #expect(
            lines(plan) == [
                "1-recheck 30 s x1 else abandon", "2-fence:orders 10 s x1 else owe",
                "3-promote:orders 30 min x20 else askOperator",
                "4-await-writer:orders 30 min x20 else askOperator",
                "5-move-record:orders.db.example 15 min x60 else askOperator",
                "6-confirm-traffic:orders.db.example 5 min x5 else noteUnconfirmed",
            ])
        #expect(
            plan?.steps[2].action
                == .promoteReplica(
                    PromoteReplica(
                        database: "orders", region: .away, identifier: "orders-b", resourceID: "db-orders-b"))
        )
        #expect(
            plan?.steps[4].action
                == .moveRecord(
                    MoveRecord(
                        zoneID: "Z1", name: "orders.db.example", type: "CNAME", setIdentifier: nil,
                        oldValue: "orders-a.example", newValue: "orders-b.example")))
        #expect(plan?.targetRegion == .away)
        #expect(plan?.pointOfNoReturn == 2)
        #expect(plan?.forecast.lossSeconds == 5)
        #expect(plan?.forecast.appliedUpTo == World.start + .seconds(20))
    }

    @Test("Aurora: detached from its global cluster, or failed over by AWS, in the secondary's Region")
    func aurora() {
        let detach = plan(.shop(databases: [.aurora(.detach)], traffic: []))?.plan
        guard case .detachFromGlobalCluster(let action)? = detach?.steps[2].action else {
            Issue.record("no detach: \(lines(detach))")
            return
        }
        #expect((action.region, action.globalCluster) == (.away, "global-orders"))
        #expect(action.clusterARN == "arn:aws:rds:ap-southeast-1:111122223333:db:orders-b")
        let managed = plan(.shop(databases: [.aurora(.managedFailover)], traffic: []))?.plan
        #expect(managed?.steps.map(\.action.name) == ["recheck", "fence", "global-failover", "await-writer"])
        guard case .fence(let fence)? = managed?.steps[1].action else { return }
        #expect(fence.isCluster)
    }

    @Test(
        "several databases: all fences, all promotions, all proofs, all moves, all confirmations"
    )
    func several() {
        let workload = Workload.shop(
            databases: [.replica("a"), .replica("b")], traffic: [.record("a"), .record("b")])
        #expect(
            plan(workload)?.plan?.steps.map(\.action.name) == [
                "recheck", "fence", "fence", "promote", "promote", "await-writer", "await-writer",
                "move-record",
                "move-record", "confirm-traffic", "confirm-traffic",
            ])
    }

    @Test("a required fence has ten tries and then asks; none is no step at all")
    func fences() {
        let required = Database.replica(
            fencing: Fencing(method: .revokeIngress(securityGroups: ["sg"]), required: true))
        #expect(
            lines(plan(.shop(databases: [required]))?.plan)[1] == "2-fence:orders 60 s x10 else askOperator")
        let none = Database.replica(fencing: Fencing(method: .none))
        #expect(
            plan(.shop(databases: [none], traffic: []))?.plan?.steps.map(\.action.name)
                == ["recheck", "promote", "await-writer"])
        #expect(
            plan(.shop(databases: [none]), overriding: [.sourceAlive])?.obstacle?.contains("no fencing")
                == true)
    }

    @Test("both traffic levers can be used together")
    func levers() {
        let names = plan(.shop(traffic: [.check(), .record()]))?.plan?.steps.map(\.action.name)
        #expect(
            names?.suffix(4) == ["flip-health-check", "move-record", "confirm-traffic", "confirm-traffic"])
    }

    @Test("traffic of a database that the workload has not is an obstacle")
    func strangerTraffic() {
        let obstacle = plan(.shop(traffic: [.record("billing")]))?.obstacle
        #expect(obstacle == "the traffic of billing.db.example names no database of shop")
    }

    @Test("a standby that was never seen has no identity to promote")
    func neverSeen() {
        var world = World()
        world.scene.standby = nil
        world.run(.seconds(20))
        let request = OperatorRequest(verb: .failover, by: "ana", reason: "-")
        let obstacle = world.machine.dryRun(request, of: "shop", now: world.now)?.obstacle
        #expect(obstacle == "orders-b was never observed, so its identity is unknown")
    }
}

@Suite("The lint of plans")
struct PlanLintTests {
    private static let world = LostRegionTests.confirmed()

    /// The findings on the usual plan after `change`.
    private func findings(_ change: (inout Plan) -> Void) -> [String] {
        guard var plan = Self.world.state.plan else { return ["no plan"] }
        change(&plan)
        return PlanLint.findings(on: plan)
    }

    @Test("a sound plan has none")
    func sound() { #expect(findings { _ in }.isEmpty) }

    @Test("each unsound plan has its finding")
    func each() {
        #expect(findings { $0.steps = [] }.contains("a plan has 1 to 100 steps, not 0"))
        #expect(findings { $0.steps = [] }.contains("nothing is promoted"))
        #expect(findings { $0.steps[1].id = $0.steps[0].id } == ["two steps share an id"])
        #expect(findings { $0.steps[0].tries = 0 } == ["1-recheck has no timeout or no try"])
        #expect(findings { $0.steps[0].timeoutMilliseconds = 0 } == ["1-recheck has no timeout or no try"])
        #expect(
            findings { $0.steps.removeFirst() } == ["3-promote:orders promotes without a recheck before it"])
        #expect(
            findings { $0.steps.swapAt(0, 2) }.contains(
                "3-promote:orders promotes without a recheck before it"))
        #expect(
            findings { $0.steps.remove(at: 3) }
                == ["3-promote:orders is never verified: nothing awaits the writer of orders"])
        #expect(
            findings { $0.steps.swapAt(3, 4) }
                == ["5-move-record:orders.db.example moves traffic before orders is a verified writer"])
        #expect(
            findings { $0.steps.swapAt(2, 3) }.first?.hasPrefix("3-promote:orders is never verified") == true)
        #expect(
            findings { $0.steps[3].onFailure = .abandon }
                == ["4-await-writer:orders would abandon the plan after a promotion"])
        #expect(
            findings { $0.steps[2].onFailure = .owe } == ["3-promote:orders is no fence and cannot be owed"])
        #expect(
            findings { $0.steps[3].onFailure = .noteUnconfirmed }
                == ["4-await-writer:orders cannot be passed over without its proof"])
        #expect(findings { $0.steps.swapAt(1, 2) } == ["2-fence:orders fences after a promotion"])
    }

    @Test("nothing is promoted twice, in two Regions, or fenced as well as promoted")
    func promotions() {
        let twice = findings { plan in
            var again = plan.steps[2]
            again.id = "again"
            plan.steps.insert(again, at: 3)
        }
        #expect(twice == ["a database is promoted twice"])
        let elsewhere = findings { plan in
            var (promote, wait) = (plan.steps[2], plan.steps[3])
            promote.id = "p"
            wait.id = "w"
            promote.action = .promoteReplica(
                PromoteReplica(database: "b", region: "eu-west-1", identifier: "b-b", resourceID: "r"))
            wait.action = .awaitWriter(
                AwaitWriter(
                    database: "b", region: "eu-west-1", identifier: "b-b", globalCluster: nil,
                    resourceID: "r",
                    endpoint: Endpoint(host: "b", port: 1)))
            plan.steps.insert(contentsOf: [promote, wait], at: 3)
        }
        #expect(elsewhere == ["it promotes in several Regions: [ap-southeast-1, eu-west-1]"])
        let fenced = findings { plan in
            guard case .fence(var fence) = plan.steps[1].action else { return }
            (fence.region, fence.identifier) = (.away, "orders-b")
            plan.steps[1].action = .fence(fence)
        }
        #expect(fenced == ["2-fence:orders would fence the new writer"])
    }
}
