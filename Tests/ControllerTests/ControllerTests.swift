import Controller
import Failover
import Foundation
import Journal
import Testing

@Suite(.timeLimit(.minutes(1))) struct ControllerTests {
    let clock = VirtualClock()
    let journal = FailingJournal()

    @Test func everyIntentIsDurableBeforeTheStepRuns() async throws {
        let journal = journal
        let missing = Mutexed<[StepID]>([])
        let hands = ScriptedHands(Self.allWell) { order in
            let started = (try? journal.inner.latest(workload: order.workload, limit: 1000)) ?? []
            let isRecorded = started.contains {
                $0.record.event == .stepStarted(step: order.step.id, attempt: 1)
            }
            if !isRecorded { missing.change { $0.append(order.step.id) } }
        }
        let controller = try await controller(hands: hands)
        #expect(await controller.request(Self.request, for: "orders") == Self.accepted)
        try await until { await controller.views().first?.phase == .failedOver }
        #expect(missing.value.isEmpty)
        #expect(
            hands.orders.map(\.step.action.name) == [
                "promote", "await-writer", "move-record", "confirm-traffic",
            ])
    }

    @Test func nothingHappensWhileTheJournalTakesNoRecords() async throws {
        let hands = ScriptedHands(Self.allWell)
        let controller = try await controller(hands: hands)
        journal.fail(.diskFull)
        let reply = await controller.request(Self.request, for: "orders")
        guard case .refused(let message) = reply else {
            Issue.record("accepted without a journal")
            return
        }
        #expect(message.contains("journal"))
        #expect(await controller.views().first?.phase == .watching)
        #expect(hands.orders.isEmpty)

        journal.fail(nil)
        #expect(await controller.request(Self.request, for: "orders") == Self.accepted)
        try await until { await controller.views().first?.phase == .failedOver }
        #expect(await controller.journalFault == nil)
    }

    @Test func aResultOutlivesAJournalThatFailsForAMoment() async throws {
        let journal = journal
        let hands = ScriptedHands(Self.allWell) { order in
            if order.step.action.promotes { journal.fail(.diskFull) }
        }
        let controller = try await controller(hands: hands)
        let loop = Task { await controller.run() }
        defer { loop.cancel() }
        _ = await controller.request(Self.request, for: "orders")
        try await until { await controller.journalFault != nil }
        journal.fail(nil)
        try await until {
            clock.advance(by: .seconds(1))
            return await controller.views().first?.phase == .failedOver
        }
        #expect(hands.orders.filter(\.step.action.promotes).count == 1)
    }

    @Test func aFenceIsMadeOnlyWhileItIsOwed() async throws {
        func fence(_ identifier: String) -> FenceAction {
            FenceAction(
                database: "orders", region: "ap-southeast-2", identifier: identifier, isCluster: false,
                resourceID: nil, method: .quarantine(securityGroups: ["sg-closed"]))
        }
        func record(_ event: Event) -> Record {
            Record(at: clock.now(), workload: "orders", epoch: 1, rule: nil, event: event)
        }
        let assessment = Assessment(
            at: clock.now(), verdict: .failed, sentence: "", databases: [], gates: [], suspectedSince: nil,
            quorumSince: nil)
        _ = try journal.inner.append([
            record(
                .phaseChanged(
                    from: .failingOver, to: .needsOperator, because: "stuck", assessment: assessment)),
            record(.fenceOwed(fence: fence("orders-a"), because: "silent")),
            record(.fenceOwed(fence: fence("orders-old"), because: "silent")),
            record(.fenceSettled(fence: fence("orders-old"), settlement: .fenced(detail: "closed"))),
        ])
        let controller = try await controller(hands: ScriptedHands(Self.allWell))
        #expect(await controller.maySettle(fence("orders-a")))
        #expect(await !controller.maySettle(fence("orders-old")))
    }

    @Test func aJournalOfUnknownContentEndsTheRightToAct() async throws {
        let controller = try await controller(hands: ScriptedHands(Self.allWell))
        #expect(await controller.mayAct)
        journal.fail(.unsettled(detail: "the disk failed in the middle"))
        let reply = await controller.request(Self.request, for: "orders")
        guard case .inDoubt = reply else {
            Issue.record("nobody knows whether it counts, and it was answered \(reply)")
            return
        }
        #expect(await controller.mayAct == false)
        #expect(await controller.fatalFault != nil)
    }

    @Test func aRunnerThatHangsIsGivenUpAndResumedInDoubt() async throws {
        let hands = ScriptedHands([:])
        let controller = try await controller(hands: hands)
        let loop = Task { await controller.run() }
        defer { loop.cancel() }
        _ = await controller.request(Self.request, for: "orders")
        try await until { hands.orders.count == 1 }
        try await until {
            clock.advance(by: .seconds(1))
            return await controller.views().first?.phase == .needsOperator
        }
        _ = await controller.request(
            OperatorRequest(verb: .resume, by: "ana", reason: "again"), for: "orders")
        try await until { hands.orders.count == 2 }
        let second = try #require(hands.orders.last)
        #expect(second.mayHaveHappened)
        #expect(second.attempt == 2)
    }

    @Test func theNextProcessGoesOnInDoubtWhereThisOneStopped() async throws {
        let first = try await controller(hands: ScriptedHands([:]))
        _ = await first.request(Self.request, for: "orders")
        try await until {
            (try? journal.latest(workload: "orders", limit: 1).last?.record.event.isStepStart) == true
        }

        let hands = ScriptedHands(Self.allWell)
        let second = try await controller(hands: hands)
        try await until { await second.views().first?.phase == .failedOver }
        let resumed = try #require(hands.orders.first)
        #expect(resumed.step.action.name == "promote")
        #expect(resumed.mayHaveHappened)
        #expect(resumed.attempt == 2)
    }

    @Test func aStoppedControllerTakesNothingOn() async throws {
        let hands = ScriptedHands(Self.allWell)
        let controller = try await controller(hands: hands)
        let stop = Task { await controller.stop(reason: "test", patience: .seconds(1)) }
        await stop.value
        _ = await controller.request(Self.request, for: "orders")
        #expect(hands.orders.isEmpty)
        #expect(await controller.mayAct == false)
        let last = try journal.latest(workload: nil, limit: 1000).map(\.record.event)
        #expect(last.contains(.controllerStopped(reason: "test")))
    }

    // MARK: - Fixture

    static let allWell: [String: StepOutcome] = [
        "promote": .succeeded(detail: "promoted"), "await-writer": .succeeded(detail: "a writer"),
        "move-record": .succeeded(detail: "moved"), "confirm-traffic": .succeeded(detail: "confirmed"),
    ]
    static let request = OperatorRequest(verb: .failover, by: "ana", reason: "test")
    static let accepted = OperatorReply.accepted(
        message: "orders: failover 1 is running; watch it with drctl status orders")

    func controller(hands: ScriptedHands) async throws -> Controller {
        try await Self.controller(clock: clock, journal: journal, hands: hands)
    }

    /// Started, and with one look behind it: the primary is silent, the replica fit.
    static func controller(
        clock: VirtualClock, journal: any JournalStore, hands: ScriptedHands
    ) async throws -> Controller {
        let eyes = ScriptedEyes(clock: clock)
        eyes.show(Self.deadPrimary(at: clock.now()))
        let controller = Controller(
            workloads: [Self.workload], maxConcurrentFailovers: 2, journal: journal, eyes: eyes, hands: hands,
            voice: SilentVoice(), clock: clock, log: NoLog(),
            pace: Pace(round: .seconds(10), closer: .seconds(5), tick: .seconds(1), grace: .seconds(2)))
        try await controller.start(version: "test", configurationDigest: "none")
        await controller.round()
        return controller
    }

    static func deadPrimary(at now: Timestamp) -> [Fact] {
        let replica = DatabaseState(
            status: "available", role: .replica, replicaOf: "arn:orders-primary", resourceID: "db-2",
            arn: "arn:orders-replica", engineVersion: "16.1")
        return [
            .probe(side: .primary, reading: .known(value: ProbeAnswer(answered: false, detail: "refused"))),
            .probe(side: .standby, reading: .known(value: ProbeAnswer(answered: true, detail: "answered N"))),
            .database(side: .primary, reading: .unknown(reason: .silent, detail: "timed out")),
            .database(side: .standby, reading: .known(value: replica)),
            .replication(reading: .known(value: [LagSample(sampledAt: now, lagSeconds: 1)])),
        ]
    }

    static let workload = Workload(
        id: "orders",
        databases: [
            Database(
                id: "orders", kind: .rdsReplica,
                primary: Site(
                    region: "ap-southeast-2", identifier: "orders-primary",
                    endpoint: Endpoint(host: "primary.example", port: 5432)),
                standby: Site(
                    region: "ap-southeast-1", identifier: "orders-replica",
                    endpoint: Endpoint(host: "replica.example", port: 5432)),
                fencing: Fencing(method: .none))
        ],
        policy: Policy(
            mode: .observe, witnesses: [.controlPlane, .replication, .probe], quorum: 2,
            confirmationWindow: .seconds(60), clearanceWindow: .seconds(60), maximumDataLoss: .seconds(30),
            cooldown: .seconds(3600), freshness: .seconds(30), metricFreshness: .seconds(300),
            stallAfter: .seconds(330), providerRecoveryLimit: .seconds(300),
            timeouts: Policy.Timeouts(promotion: .seconds(60))),
        traffic: [
            .route53Record(RecordLever(database: "orders", zoneID: "Z1", name: "db.example.com"))
        ],
        topics: [])
}

extension Event {
    var isStepStart: Bool {
        if case .stepStarted(let step, _) = self { step.rawValue.contains("promote") } else { false }
    }
}

/// Waits for a condition, with a deadline; gives the other tasks room instead of sleeping.
func until(_ condition: () async -> Bool) async throws {
    for _ in 0..<200_000 {
        if await condition() { return }
        await Task.yield()
    }
    Issue.record("the condition never came true")
    throw CancellationError()
}

final class Mutexed<Value: Sendable>: @unchecked Sendable {
    // Guarded by `lock`.
    private let lock = NSLock()
    private var stored: Value
    init(_ value: Value) { stored = value }
    var value: Value { lock.withLock { stored } }
    func change(_ body: (inout Value) -> Void) { lock.withLock { body(&stored) } }
}
