import Controller
import Failover
import Journal
import Testing

@Suite(.timeLimit(.minutes(1))) struct EvidenceTests {
    /// A disk that is full for a minute must not hide that the primary is back: a promotion may wait for its
    /// moment right then.
    @Test func whatIsSeenWhileTheJournalFailsIsNotForgotten() async throws {
        let (clock, journal) = (VirtualClock(), FailingJournal())
        let (eyes, hands) = (ScriptedEyes(clock: clock), ScriptedHands([:]))
        eyes.show(ControllerTests.deadPrimary(at: clock.now()))
        let controller = Controller(
            workloads: [ControllerTests.workload], maxConcurrentFailovers: 2, journal: journal, eyes: eyes,
            hands: hands, voice: SilentVoice(), clock: clock, log: NoLog(),
            pace: Pace(round: .seconds(10), closer: .seconds(5), tick: .seconds(1), grace: .seconds(2)))
        try await controller.start(version: "test", configurationDigest: "none")
        await controller.round()
        _ = await controller.request(ControllerTests.request, for: "orders")
        try await until { !hands.orders.isEmpty }
        let order = try #require(hands.orders.first)
        #expect(order.step.action.promotes)
        #expect(await controller.mayCarryOut(order))

        journal.fail(.diskFull)
        clock.advance(by: .seconds(10))
        eyes.show([
            .probe(side: .primary, reading: .known(value: ProbeAnswer(answered: true, detail: "answered S")))
        ])
        await controller.round()
        #expect(await controller.journalFault != nil, "nothing had to be recorded, so nothing is shown")
        #expect(await controller.mayCarryOut(order) == false)
    }

    /// Its runner may wait for AWS for minutes, and the old writer may be a replica by then.
    @Test func aFenceThatWasCalledOffIsNotMade() async throws {
        let (clock, journal) = (VirtualClock(), FailingJournal())
        let eyes = ScriptedEyes(clock: clock)
        let fence = FenceAction(
            database: "orders", region: "ap-southeast-2", identifier: "orders-primary", isCluster: false,
            resourceID: "db-1", method: .quarantine(securityGroups: ["sg-closed"]))
        let promote = PromoteReplica(
            database: "orders", region: "ap-southeast-1", identifier: "orders-replica", resourceID: "db-2")
        let plan = Plan(
            workload: "orders", epoch: 1, createdAt: clock.now(), origin: .automatic,
            steps: [
                Step(
                    id: "1-promote", action: .promoteReplica(promote), timeout: .seconds(60), tries: 1,
                    onFailure: .askOperator)
            ], forecast: Forecast(rtoSeconds: 60, lossSeconds: 1, appliedUpTo: nil))
        let events: [Event] = [
            .planAdopted(plan: plan), .fenceOwed(fence: fence, because: "silent"),
            .planEnded(ending: PlanEnding(outcome: .completed, because: "done")),
        ]
        _ = try await journal.append(
            events.map { Record(at: clock.now(), workload: "orders", epoch: 1, rule: nil, event: $0) })
        let controller = Controller(
            workloads: [ControllerTests.workload], maxConcurrentFailovers: 2, journal: journal, eyes: eyes,
            hands: ScriptedHands([:]), voice: SilentVoice(), clock: clock, log: NoLog(),
            pace: Pace(round: .seconds(10), closer: .seconds(5), tick: .seconds(1), grace: .seconds(2)))
        try await controller.start(version: "test", configurationDigest: "none")
        #expect(await controller.maySettle(fence))

        let states = [(Side.primary, DatabaseState.Role.replica), (.standby, .writer)].map { side, role in
            Fact.database(
                side: side,
                reading: .known(
                    value: DatabaseState(
                        status: "available", role: role, replicaOf: nil,
                        resourceID: side == .primary ? "db-1" : "db-2", arn: "arn:\(side)",
                        engineVersion: "16.1")))
        }
        eyes.show(states)
        await controller.round()
        #expect(await controller.maySettle(fence) == false)
    }
}
