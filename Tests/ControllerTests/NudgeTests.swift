import Controller
import Failover
import Journal
import Testing

@Suite(.timeLimit(.minutes(1))) struct NudgeTests {
    @Test func aNudgeIsOnRecordAndMakesTheControllerLookAtOnceAndDecidesNothing() async throws {
        let (clock, journal) = (VirtualClock(), FailingJournal())
        let hands = ScriptedHands(ControllerTests.allWell)
        let eyes = ScriptedEyes(clock: clock)
        eyes.show(ControllerTests.deadPrimary(at: clock.now()))
        let controller = Controller(
            workloads: [ControllerTests.workload], maxConcurrentFailovers: 2, journal: journal, eyes: eyes,
            hands: hands, voice: SilentVoice(), clock: clock, log: NoLog(),
            pace: Pace(round: .seconds(10), closer: .seconds(5), tick: .seconds(1)))
        try await controller.start(version: "test", configurationDigest: "none")
        let before = eyes.looks
        await controller.lookNow(at: "orders", because: "alarm db-down")
        #expect(eyes.looks == before + 1)
        let records = try journal.inner.latest(workload: "orders", limit: 10)
        #expect(records.contains { $0.record.event == .nudged(source: "alarm db-down") })
        #expect(hands.orders.isEmpty)
        await controller.lookNow(at: "unknown", because: "alarm db-down")
        #expect(eyes.looks == before + 1)
    }
}
