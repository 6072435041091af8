import Failover
import Testing

@testable import Simulation

/// The scenarios of detection in the simulator, each with its own trouble and no other.
@Suite("Detection in the simulator") struct DetectionRunTests {
    @Test(
        "D1: a cut between the host and a living primary promotes nothing, for 43 s or for ten minutes",
        arguments: [Fault.Kind.cutThere, .cutBack], [43, 600])
    func cut(_ kind: Fault.Kind, seconds: Int) throws {
        let scene = Scene(troubles: [
            Trouble(kind, .primaryRegion(nil), from: .seconds(120), lasts: .seconds(seconds))
        ])
        for play in try scene.plays(2) {
            play.cameToNothing()
            #expect(play.voted(.probe, .failed) && !play.verdicts.contains(.failed), "\(play)")
            guard seconds > 100 else { continue }
            // Whoever stands elsewhere says that it lives.
            #expect(play.voted(.replication, .alive) || play.voted(.route53, .alive), "\(play)")
            #expect(play.told.map(\.what.kind) == [.suspected, .cleared], "\(play)")
        }
    }

    @Test("D2: a host that is cut off from everything knows it, and sends nothing, then or later")
    func isolated() throws {
        let scene = Scene(troubles: [
            Trouble(.isolated, .host(0), from: .seconds(120), lasts: .seconds(400)),
            Trouble(.operatorFailover, .asked(host: 0), from: .seconds(400), lasts: .zero),
        ])
        for play in try scene.plays(3) {
            play.cameToNothing()
            #expect(play.verdicts.contains(.isolated), "\(play)")
            // It freezes for people, too.
            #expect(play.refusals.count == 1, "\(play)")
            #expect(play.refusals.first?.contains("isolation") == true, "\(play)")
        }
    }

    @Test("D2: whoever is cut off decides nothing about a primary that dies meanwhile, and then decides")
    func isolatedWhileItDies() throws {
        let scene = Scene(troubles: [
            .loss(), Trouble(.isolated, .host(0), from: .seconds(100), lasts: .seconds(700)),
        ])
        for play in try scene.plays(2) {
            play.failedOverOnce()
            #expect(play.plans.allSatisfy { $0.since > .seconds(800) }, "\(play)")
            #expect(play.sent.allSatisfy { $0.since > .seconds(800) }, "\(play)")
        }
    }

    @Test("D3: a primary that takes connections and commits nothing is suspected until it commits, and told")
    func gray() throws {
        let scene = Scene(
            troubles: [Trouble(.gray, .primary, from: .seconds(120), lasts: .seconds(600))],
            set: { layout in
                layout.ask(
                    in: SQLAccess(
                        database: "app", user: "drctl", passwordFile: "/etc/drctl/password", tls: .require))
            })
        for play in try scene.plays(2) {
            play.cameToNothing()
            #expect(play.told.map(\.what.kind) == [.suspected, .cleared], "\(play)")
            let failed = play.votes(of: .probe).filter { $0.opinion == .failed }
            #expect(!failed.isEmpty && failed.allSatisfy { $0.because.contains("write-probe") }, "\(play)")
            // What can be read meanwhile clears nothing.
            let cleared = try #require(play.phases.last, "\(play)")
            #expect(cleared.since > .seconds(720), "\(play)")
        }
    }

    @Test("D4: metrics that are missing say neither that a living primary is well nor that it has failed")
    func missingMetrics() throws {
        let scene = Scene(troubles: [
            Trouble(.metricsMissing, .standbyRegion(nil), from: .seconds(120), lasts: .seconds(900))
        ])
        let plays = try scene.plays(2) { play in
            play.votes(of: .replication, after: .seconds(300)).contains { $0.opinion == .unknown }
        }
        for play in plays {
            play.cameToNothing()
            #expect(!play.voted(.replication, .failed) && play.phases.isEmpty, "\(play)")
        }
    }

    @Test("D4: while the lag is unknown nothing is promoted, and that is the reason")
    func unknownLag() throws {
        // The last sample counts, with its age, for 300 s.
        let scene = Scene(
            troubles: [
                .loss(at: .seconds(400)),
                Trouble(.metricsMissing, .standbyRegion(nil), from: .seconds(60), lasts: .seconds(900)),
            ],
            set: { $0.ask(in: nil) })
        for play in try scene.plays(2) {
            #expect(play.plans.allSatisfy { $0.since > .seconds(960) }, "\(play)")
            let blocked = play.assessments.filter { $0.since > .seconds(500) && $0.since < .seconds(960) }
            #expect(blocked.contains { $0.what.closedGates.contains(.lag) }, "\(play)")
            #expect(play.told.contains { $0.what.kind == .blocked }, "\(play)")
            play.failedOverOnce()
        }
    }

    @Test("D6: checkers that are wrong about a healthy primary promote nothing, and hardly change a phase")
    func checkers() throws {
        let troubles = [1, 2, 3].map { number in
            Trouble(.checkersWrong, .primary, from: .seconds(300 * number), lasts: .seconds(150))
        }
        let scene = Scene(
            troubles: troubles, fits: { $0.workloads[0].policy.witnesses.contains(.route53) })
        for play in try scene.plays(2, where: { $0.voted(.route53, .failed) }) {
            play.cameToNothing()
            #expect(play.phases.count <= 2 * troubles.count, "\(play)")
        }
    }

    @Test(
        "D8: refused credentials are a fault of our own: nothing fails over, and it is told once",
        arguments: [Fault.Kind.accessDenied, .expiredToken])
    func refused(_ kind: Fault.Kind) throws {
        let scene = Scene(
            troubles: [Trouble(kind, .primaryRegion("rds"), from: .seconds(120), lasts: .seconds(600))],
            fits: { $0.workloads[0].policy.witnesses.contains(.controlPlane) })
        for play in try scene.plays(2) {
            play.cameToNothing()
            #expect(play.verdicts.contains(.configurationFault), "\(play)")
            #expect(!play.verdicts.contains(.failed), "\(play)")
            #expect(play.told.map(\.what.kind) == [.suspected, .cleared], "\(play)")
        }
    }

    @Test("D9: a standby that does not answer either is not promoted, and people are told why")
    func sharedSymptom() throws {
        let scene = Scene(
            troubles: [.loss(), Trouble(.instanceDead, .standby, from: .seconds(121))],
            set: { $0.workloads[0].policy.witnesses.insert(.probe) },
            fits: { $0.databases.allSatisfy { $0.database.kind == .rdsReplica } })
        for play in try scene.plays(2, where: { $0.verdicts.contains(.failed) }) {
            #expect(play.plans.isEmpty && play.sent.isEmpty, "\(play)")
            let unfit = play.assessments.flatMap(\.what.gates).filter { $0.id == .target && !$0.open }
            #expect(unfit.contains { $0.because.contains("does not answer either") }, "\(play)")
            #expect(play.told.contains { $0.what.kind == .blocked }, "\(play)")
        }
    }
}
