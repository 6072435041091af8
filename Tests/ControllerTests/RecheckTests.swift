import Controller
import Failover
import Journal
import Testing

/// A recheck is one only if something was heard of each database since it began, however young what was seen
/// before is.
@Suite(.timeLimit(.minutes(1))) struct RecheckTests {
    private let clock = VirtualClock()
    private let journal = FailingJournal()
    private let hands = ScriptedHands([:])
    private let eyes: ScriptedEyes
    private let controller: Controller

    init() async throws {
        eyes = ScriptedEyes(clock: clock)
        eyes.show(ControllerTests.deadPrimary(at: clock.now()))
        controller = Controller(
            workloads: [ControllerTests.workload], maxConcurrentFailovers: 2, journal: journal, eyes: eyes,
            hands: hands, voice: SilentVoice(), clock: clock, log: NoLog(),
            pace: Pace(round: .seconds(10), closer: .seconds(5), tick: .seconds(1), grace: .seconds(2)))
        try await controller.start(version: "test", configurationDigest: "none")
        await controller.round()
        clock.advance(by: .seconds(1))
    }

    /// Begins a failover; its recheck looks, and its time runs.
    private func failOver() async throws {
        let before = eyes.looks
        _ = await controller.request(ControllerTests.request, for: "orders")
        try await until { eyes.looks > before && clock.isSomebodyAsleep }
    }

    /// How the recheck ended; time passes as fast as anybody waits for it.
    private func outcome() async throws -> StepOutcome {
        var found: StepOutcome?
        try await until {
            clock.advanceToTheNext()
            let entries = (try? journal.latest(workload: "orders", limit: 50)) ?? []
            found =
                entries.lazy.compactMap { entry in
                    if case .stepFinished("1-recheck", _, let outcome) = entry.record.event {
                        outcome
                    } else {
                        nil
                    }
                }.last
            return found != nil
        }
        return try #require(found)
    }

    @Test func whereNothingIsHeardItFails() async throws {
        eyes.goBlind()
        let before = eyes.looks
        try await failOver()
        let time = clock.now()
        guard case .failed(let detail, retryable: true, mayHaveHappened: false) = try await outcome() else {
            Issue.record("it passed")
            return
        }
        #expect(detail == "nothing was heard of orders in the time for it")
        #expect(eyes.looks == before + 2 && clock.now() - time >= Policy.Timeouts().recheck * 2)
        #expect(hands.orders.isEmpty)
    }

    /// Its time is over when it goes on.
    @Test func aProcessThatStoodStillLooksOnceMore() async throws {
        eyes.goBlind()
        let before = eyes.looks
        try await failOver()
        eyes.see()
        clock.advance(by: Policy.Timeouts().recheck)
        #expect(try await outcome().succeeded)
        #expect(eyes.looks == before + 2)
    }

    /// It wakes with the time of what it had asked over, and takes that for silence.
    @Test func whatEndsAsAProcessWakesIsNotTheLook() async throws {
        eyes.hold()
        let before = eyes.looks
        try await failOver()
        try await until { eyes.isHolding }
        clock.advance(by: .seconds(10))
        eyes.see()
        #expect(try await outcome().succeeded)
        #expect(eyes.looks == before + 2)
    }

    /// What is under way is not asked again, and the look that asked it is told.
    @Test func whatAnotherLookIsToldCounts() async throws {
        eyes.leaveItToOthers()
        let before = eyes.looks
        try await failOver()
        #expect(hands.orders.isEmpty)
        eyes.see()
        await controller.round()
        #expect(try await outcome().succeeded)
        #expect(eyes.looks == before + 2, "the recheck's and the round's")
    }

    /// What comes late is from before it.
    @Test func whatWasSeenBeforeItBeganIsNotTheLook() async throws {
        eyes.leaveItToOthers()
        try await failOver()
        eyes.see(as: .seconds(5))
        await controller.round()
        eyes.leaveItToOthers()
        #expect(try await outcome().succeeded == false)
    }
}
