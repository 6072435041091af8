import Failover
import Testing

@testable import Simulation

/// The scenarios of execution in the simulator. Each is played twice: once with a lost primary and nothing
/// else, to see when what happens, and then with its own trouble at the very moment.
@Suite("Execution in the simulator") struct ExecutionRunTests {
    @Test("X1: killed between the recorded intent and the call, the next process makes the call, once")
    func killedBeforeTheCall() throws {
        for calm in try Scene.failovers(3) {
            let intent = try #require(calm.begun(\.promotes).first).since
            let play = calm.again(with: [
                Trouble(.crash, .host(0), from: intent + .milliseconds(1), lasts: .zero)
            ])
            play.failedOverOnce()
            #expect(play.begun(\.promotes).count > calm.begun(\.promotes).count, "\(play)")
            #expect(play.sent.count { $0.what.promotes } == play.stage.standbys.count, "\(play)")
        }
    }

    @Test("X1: killed once the call has left, the next process looks, and promotes nothing again")
    func killedAfterTheCall() throws {
        for calm in try Scene.failovers(3) {
            let play = calm.again(with: [
                Trouble(
                    .crash, .host(0), from: try calm.promotion + .milliseconds(2), lasts: .zero)
            ])
            play.failedOverOnce()
            #expect(play.report.statistics.crashes == 1, "\(play)")
            #expect(play.sent.count { $0.what.promotes } == play.stage.standbys.count, "\(play)")
        }
    }

    @Test("X1: killed once the call has left, and shown the state before it, nobody promotes again")
    func killedAndShownOldStates() throws {
        var misled = 0
        for calm in try Scene.failovers(4) {
            let from = try calm.promotion
            let crash = Trouble(.crash, .host(0), from: from + .milliseconds(2), lasts: .zero)
            let play = calm.again(with: [
                Trouble(.stale, .standbyRegion("rds"), from: from, lasts: .seconds(60)), crash,
            ])
            play.failedOverOnce()
            #expect(play.sent.count { $0.what.promotes } == play.stage.standbys.count, "\(play)")
            if play.differs(from: calm.again(with: [crash])) { misled += 1 }
        }
        // Not every process that starts anew is given an old answer.
        #expect(misled > 0)
    }

    @Test(
        "X2: a promotion whose reply is lost is looked for until it is known, and takes effect once",
        arguments: [Fault.Kind.repliesLost, .cutBack, .serverErrors])
    func lostReply(_ kind: Fault.Kind) throws {
        for calm in try Scene.failovers(2) {
            let from = try calm.promotion
            let play = calm.again(with: [
                Trouble(kind, .standbyRegion("rds"), from: from, lasts: .seconds(45))
            ])
            play.failedOverOnce()
            let known = try #require(play.outcomes(\.promotes).first)
            #expect(known.what.succeeded && known.since > from + .seconds(45), "\(play)")
            // What answered 500 or 503 may not have been done, and then it is sent again.
            guard kind != .serverErrors else { continue }
            #expect(play.sent.count { $0.what.promotes } == play.stage.standbys.count, "\(play)")
        }
    }

    @Test(
        "X3: traffic moves once the new writer writes, however long after the promotion was accepted",
        arguments: [Fault.Kind.promotionSlow, .promotionStuck, .stale])
    func accepted(_ kind: Fault.Kind) throws {
        for calm in try Scene.failovers(2, fits: { $0.workloads[0].databases.count == 1 }) {
            let play = calm.again(with: [
                Trouble(
                    kind, kind == .stale ? .standbyRegion("rds") : .standby, from: try calm.promotion,
                    lasts: .seconds(900))
            ])
            play.failedOverOnce()
            let ready = try #require(
                play.effects.first { if case .writerReady = $0.what { true } else { false } })
            let moved = play.sent.filter { $0.what.movesTraffic }
            #expect(!moved.isEmpty && moved.allSatisfy { $0.at > ready.at }, "\(play)")
            #expect(play.differs(from: calm), "\(play)")
            guard kind == .promotionStuck else { continue }
            #expect(ready.since > play.troubles[1].from + .seconds(900), "\(play)")
        }
    }

    @Test("X6: what is throttled is asked again with pauses, and the failover is completed")
    func throttled() throws {
        for calm in try Scene.failovers(2, fits: { $0.workloads[0].databases.count == 1 }) {
            let play = calm.again(with: [
                Trouble(.throttled, .standbyRegion("rds"), from: try calm.promotion, lasts: .seconds(60))
            ])
            play.failedOverOnce()
            let tries = play.sent.filter { $0.what.promotes }
            #expect((2...10).contains(tries.count), "\(play)")
            let pauses = zip(tries.dropFirst(), tries).map { $0.at - $1.at }
            #expect(pauses.allSatisfy { $0 >= .seconds(1) }, "\(pauses): \(play)")
        }
    }

    @Test("X7: old and new answers that alternate have no promotion sent twice")
    func stale() throws {
        var misled = 0
        for calm in try Scene.failovers(5) {
            let play = calm.again(with: [
                Trouble(
                    .stale, .standbyRegion("rds"), from: try calm.promotion, lasts: .seconds(300), rate: 0.5)
            ])
            play.failedOverOnce()
            #expect(play.sent.count { $0.what.promotes } == play.stage.standbys.count, "\(play)")
            if play.differs(from: calm) { misled += 1 }
        }
        // Not every one is asked just when an old answer is given.
        #expect(misled > 1)
    }

    @Test("X7: answers that come late, twice and out of order make nothing of a healthy primary")
    func jumbled() throws {
        for calm in try Scene(troubles: [.nothing(at: .seconds(700))]).plays(2) {
            let play = calm.again(with: [
                Trouble(.jumbled, .host(0), from: .seconds(60), lasts: .seconds(600))
            ])
            play.cameToNothing()
            #expect(play.phases.isEmpty && play.differs(from: calm), "\(play)")
        }
    }

    @Test(
        "X8: where the old writer cannot be fenced the failover goes on, owes the fence, and says so",
        arguments: [Fault.Kind.cutThere, .accessDenied, .controlPlaneDown])
    func unfenced(_ kind: Fault.Kind) throws {
        let undisturbed = try Scene.failovers(
            2, of: .instanceDead, fits: \.isFenced)
        for calm in undisturbed {
            let fence = try #require(calm.begun(\.isFence).first).since
            let play = calm.again(with: [
                Trouble(
                    kind, .primaryRegion(nil), from: fence - .milliseconds(1), lasts: .seconds(1500)),
                .nothing(at: fence + .seconds(2100)),
            ])
            play.failedOverOnce()
            #expect(
                Set(play.owed.map(\.what.database)) == Set(play.stage.workload.databases.map(\.id)), "\(play)"
            )
            let completed = try #require(play.notices.first { $0.what.kind == .completed })
            #expect(completed.what.headline.contains("NOT FENCED YET"), "\(completed.what.headline)")
            // Once the Region lets us it is made, or it is needed no more.
            let open = fence + .seconds(1500)
            #expect(play.told.contains { $0.what.kind == .fenced && $0.since > open }, "\(play)")
        }
    }

    @Test(
        "X14: a clock that is wrong by twenty minutes shortens no window and stops no call",
        arguments: [0.0, 1.0])
    func clock(_ rate: Double) throws {
        // It starts again with that clock, and takes AWS's time.
        let scene = Scene(troubles: [
            Trouble(.clockStep, .host(0), from: .seconds(30), lasts: .zero, rate: rate),
            Trouble(.crash, .host(0), from: .seconds(40), lasts: .zero), .loss(),
        ])
        for play in try scene.plays(2) {
            play.failedOverOnce()
            let planned = try #require(play.plans.first)
            #expect(abs((planned.what.createdAt - planned.at).inSeconds) < 5, "\(play)")
            let took = planned.since - Trouble.loss().from
            #expect(took >= play.stage.policy.confirmationWindow, "\(took): \(play)")
        }
    }
}
