import AWS
import Failover
import Testing

@testable import Execution

/// The rules that hold for every effect, on one whose looks are scripted.
@Suite struct PursuitTests {
    final class Scripted: Effect {
        let looks: Locked<[Sighting<Void>]>
        let acts = Locked<[Duration]>([])
        let clock: VirtualClock
        let what = "the effect"
        let place = "eu-central-1"
        let advice = "Look."

        init(_ clock: VirtualClock, _ looks: [Sighting<Void>]) {
            self.clock = clock
            self.looks = Locked(looks)
        }

        /// The last sighting lasts.
        func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Void> {
            looks.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        }

        func act(on ground: Void, _ trial: Trial) async throws(AWSError) {
            acts.withLock { $0.append(clock.elapsed) }
        }
    }

    private func pursue(
        _ looks: [Sighting<Void>], inDoubt: Bool = false
    ) async -> (outcome: StepOutcome, acts: [Duration]) {
        let bench = Bench()
        let effect = Scripted(bench.clock, looks)
        let clock = bench.clock
        let context = ExecutionContext(
            aws: bench.client, now: { clock.now }, sleep: { clock.advance($0) },
            answersFor: { _ in DNSView(names: [], addresses: []) }, knock: { _ in Bench.answering },
            probe: { _ in Bench.answering },
            mayAct: { true })
        var pursuit = Pursuit(
            effect, Trial(context: context, deadline: clock.now + .seconds(100)), inDoubt: inDoubt)
        return (await pursuit.run().outcome, effect.acts.withLock { $0 })
    }

    private let nothing = Sighting.notYet("nothing", ())

    @Test func actsAtOnceWhenNothingIsThere() async {
        let (outcome, acts) = await pursue([nothing, .done("there")])
        #expect(outcome == .succeeded(detail: "there"))
        #expect(acts == [.zero])
    }

    @Test(arguments: [Sighting<Void>.done("there"), .underWay("on its way")])
    func aSignOfItIsNotForgottenBecauseOneLookShowsNothing(sign: Sighting<Void>) async {
        let (_, acts) = await pursue([sign, nothing])
        // One look with the sign, then 30 s of nothing.
        #expect(acts == [.seconds(35)])
    }

    @Test func aSignStartsTheSettleTimeAnew() async {
        let (_, acts) = await pursue(
            [nothing, nothing, nothing, .underWay("on its way"), nothing], inDoubt: true)
        #expect(acts == [.seconds(50)])
    }

    @Test func oneOddLookDoesNotEndIt() async {
        let (outcome, acts) = await pursue([
            .refuse("gone"), .done("there"), .unneeded("a replica"), .done("there"), .done("there"),
        ])
        #expect(outcome == .succeeded(detail: "there"))
        #expect(acts.isEmpty)
    }

    @Test func neverActsTwiceOnceItWasAccepted() async {
        let (outcome, acts) = await pursue([nothing])
        #expect(acts.count == 1)
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == true)
    }
}
