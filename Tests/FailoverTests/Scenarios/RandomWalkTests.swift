import Testing

@testable import Failover

/// Whatever is seen, asked and answered, in whatever order, with restarts in between: what must never happen
/// does not.
@Suite("Random walks")
struct RandomWalkTests {
    @Test("keep every invariant over thousands of steps", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func walk(seed: UInt64) {
        var walk = RandomWalk(seed: seed)
        for _ in 0..<1500 { walk.step() }
        #expect(walk.world.records.count < 40_000)
        #expect(walk.sawPlan, "the walk never came to a plan: it proves nothing")
    }
}

struct RandomWalk {
    private(set) var world: World
    private(set) var sawPlan = false
    private var random: SplitMix64
    private var checked = 0
    /// Epochs whose recheck has passed with the gates open.
    private var rechecked: Set<Int> = []
    private var promotedEpochs: Set<Int> = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        let modes: [Policy.Mode] = [.automatic, .automatic, .approval]
        let mode = modes[Int(seed % 3)]
        let fencing = Fencing(method: .quarantine(securityGroups: ["sg"]), required: seed.isMultiple(of: 4))
        let workload = Workload.shop(
            mode: mode, databases: [.replica(fencing: fencing)], traffic: [.record(), .check()])
        world = World([workload.with { $0.cooldown = .seconds(300) }])
    }

    mutating func step() {
        let before = world
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<55: world.run(.seconds(Int64.random(in: 1...40, using: &random)))
        case 55..<70: changeScene()
        case 70..<88: answer()
        case 88..<93: ask()
        case 93..<95: world.restart()
        case 95..<97: world.skip(.seconds(Int64.random(in: -20...120, using: &random)))
        default: settle()
        }
        check(since: before)
    }

    private mutating func changeScene() {
        let promoted = world.scene.standby?.value?.role == .writer
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<5: world.scene.lose(at: world.now)
        case 5..<7: world.scene = Scene(of: .replica())
        case 7: world.scene.loseSight()
        case 8: world.scene.isolate()
        case 9: world.scene.replication = .unknown(.missing)
        case 10: world.scene.changePrimary { $0.status = "failing-over" }
        default: world.scene.changeStandby { $0.status = "modifying" }
        }
        // What is promoted stays so until somebody sets the roles right, which happens now and then.
        if promoted, random.chance(80), world.scene.standby?.value?.role == .replica { world.scene.promote() }
    }

    private mutating func answer() {
        guard !world.orders.isEmpty else { return }
        let outcomes: [StepOutcome] = [
            .succeeded(detail: "done"), .succeeded(detail: "done"), .succeeded(detail: "done"),
            .failed(detail: "Throttling", retryable: true, mayHaveHappened: random.chance(50)),
            .failed(detail: "AccessDenied", retryable: false, mayHaveHappened: random.chance(50)),
        ]
        world.finish(outcomes[Int.random(in: 0..<outcomes.count, using: &random)])
    }

    private mutating func ask() {
        let verbs = OperatorRequest.Verb.allCases
        let overrides: [[GateID]] = [[], [.lag], [.sourceAlive], GateID.allCases]
        world.ask(
            verbs[Int.random(in: 0..<verbs.count, using: &random)],
            overriding: overrides[Int.random(in: 0..<overrides.count, using: &random)])
        if random.chance(70) { world.ask(.release) }
    }

    private mutating func settle() {
        guard !world.fences.isEmpty else { return }
        world.settle(random.chance(50) ? .settled(.fenced(detail: "done")) : .stillOwed(because: "no"))
    }

    // MARK: - What must hold

    private mutating func check(since before: World) {
        let state = world.state
        sawPlan = sawPlan || state.plan != nil
        for record in world.records.dropFirst(checked) { follow(record) }
        checked = world.records.count
        checkPhase(state)
        checkOrders(state)
        // Replaying the journal from its first record gives the same state, and nothing is lost by a restart.
        var fresh = DecisionMachine(workloads: world.workloads, maxConcurrentFailovers: 1)
        if random.chance(3) {
            for record in world.records { fresh.replay(record) }
            #expect(fresh.state(of: "shop") == state)
        }
        for fence in world.fences.dropFirst(before.fences.count) {
            #expect(world.scene.standby?.value?.role == .writer, "the only writer was to be fenced: \(fence)")
        }
    }

    private mutating func follow(_ record: Record) {
        switch record.event {
        case .planAdopted(let plan):
            #expect(plan.epoch == record.epoch)
            #expect(PlanLint.findings(on: plan).isEmpty)
        case .stepFinished(let step, _, .succeeded) where step == "1-recheck" && record.rule == "step-done":
            rechecked.insert(record.epoch)
            #expect(world.closedAtRecheck.subtracting(passedOver).isEmpty, "went on through closed gates")
        case .stepStarted(let step, _) where step.rawValue.contains("promote"):
            #expect(rechecked.contains(record.epoch), "promoted without a recheck that passed")
            promotedEpochs.insert(record.epoch)
        case .phaseChanged(let from, _, let because, let assessment):
            #expect(!because.isEmpty)
            if from == .failingOver, record.rule == "recheck-says-no" {
                #expect(!assessment.closedGates.isEmpty)
            }
            if record.rule == "confirmed-automatic" { #expect(assessment.closedGates.isEmpty) }
            if record.rule == "approved" { #expect(assessment.closedGates == [.mode]) }
        default: break
        }
        if let rule = record.rule {
            #expect(Rules.table.contains { $0.id == rule }, "\(rule) is not in the table")
        }
    }

    /// What the plan's origin takes the responsibility for, told apart from the code under test.
    private var passedOver: Set<GateID> {
        switch world.state.plan?.origin {
        case .manual(_, _, let overrides)?: Set(overrides).union([.progress, .capacity])
        case .approved?: [.progress, .capacity, .mode]
        case .automatic?, nil: [.progress, .capacity]
        }
    }

    private func checkPhase(_ state: WorkloadState) {
        switch state.phase {
        case .watching, .suspected, .blocked, .awaitingApproval:
            #expect(state.plan == nil && state.progress == nil)
        case .failingOver, .needsOperator:
            #expect(state.currentStep != nil)
            #expect(state.plan?.epoch == state.epoch)
        case .failedOver:
            #expect(state.activeRegion == .away)
        }
        #expect(state.unsettledNotices.count < 50)
        #expect(state.owedFences.count <= 1)
    }

    private func checkOrders(_ state: WorkloadState) {
        let promoting = world.orders.filter { $0.step.action.promotes && $0.epoch == state.epoch }
        #expect(promoting.count <= 1, "two promotion orders of one epoch are under way")
        guard state.phase == .failingOver, state.progress?.inFlight == true else { return }
        let open = world.orders.filter { $0.epoch == state.epoch && $0.attempt == state.progress?.attempt }
        let waitsForLook = state.progress.map { $0.index > 0 } ?? false
        #expect(open.count == 1 || waitsForLook, "the plan waits for a step that nobody runs")
    }
}
