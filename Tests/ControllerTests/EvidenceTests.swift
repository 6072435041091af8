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
}
