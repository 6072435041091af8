import Failover
import Testing

@testable import Simulation

/// The scenarios of execution that are about names and what leads to them; see `ExecutionRunTests`.
@Suite("Traffic in the simulator") struct TrafficRunTests {
    @Test(
        "X10: a record's change whose end is not known is made, and the name ends where it belongs",
        arguments: [Fault.Kind.repliesLost, .serverErrors, .cutBack, .garbage])
    func lostChange(_ kind: Fault.Kind) throws {
        for calm in try Scene.failovers(2, fits: \.movesRecords) {
            let play = calm.again(with: [
                Trouble(kind, .region(.global, "route53"), from: try calm.change, lasts: .seconds(40))
            ])
            play.failedOverOnce()
            let moved = play.effects.compactMap { effect -> String? in
                if case .recordMoved(_, let target) = effect.what { target } else { nil }
            }
            #expect(Set(moved) == play.ledTo && play.differs(from: calm), "\(play)")
            #expect((1...4).contains(play.sent.count { $0.what.operation == Mutation.changing }), "\(play)")
        }
    }

    @Test("X11: a change that stays PENDING holds nothing up for long, and is not taken back")
    func pending() throws {
        for calm in try Scene.failovers(2, fits: \.movesRecords) {
            let play = calm.again(with: [
                Trouble(.changePending, .everywhere, from: try calm.change, lasts: .seconds(1200))
            ])
            play.failedOverOnce()
            let details = play.outcomes(\.movesRecord).map(\.what.detail)
            #expect(details.allSatisfy { $0.contains("PENDING") }, "\(details)")
            let late = try #require(play.endings.first).since - (try #require(calm.endings.first)).since
            #expect(late < .seconds(75) * details.count, "\(late): \(play)")
        }
    }

    @Test(
        "X12: without Route 53's API the promotion stands, and the record is moved once it answers",
        arguments: [Fault.Kind.cutThere, .serverErrors, .throttled])
    func noRoute53(_ kind: Fault.Kind) throws {
        for calm in try Scene.failovers(2, fits: \.movesRecords) {
            let from = try calm.change
            let play = calm.again(with: [
                Trouble(kind, .region(.global, "route53"), from: from, lasts: .seconds(300))
            ])
            play.failedOverOnce()
            #expect(play.begun(\.promotes).map(\.at) == calm.begun(\.promotes).map(\.at), "\(play)")
            let moved = play.effects.filter { if case .recordMoved = $0.what { true } else { false } }
            #expect(!moved.isEmpty && play.differs(from: calm), "\(play)")
            // An error may come after the effect.
            guard kind != .serverErrors else { continue }
            #expect(moved.allSatisfy { $0.since > from + .seconds(300) }, "\(play)")
        }
    }

    @Test("X12: where Route 53 refuses for good a person is asked, and once it does not, told to go on")
    func refusedByRoute53() throws {
        for calm in try Scene.failovers(2, fits: \.movesRecords) {
            let from = try calm.change
            let play = calm.again(with: [
                Trouble(.accessDenied, .region(.global, "route53"), from: from, lasts: .seconds(200)),
                Trouble(.operatorResumes, .asked(host: 0), from: from + .seconds(300), lasts: .zero),
            ])
            #expect(play.phases.map(\.what).contains(.needsOperator), "\(play)")
            #expect(play.told.contains { $0.what.kind == .needsOperator }, "\(play)")
            play.failedOverOnce()
        }
    }

    @Test(
        "X15: a token that expires in the middle stops nothing for good", arguments: ["promotion", "change"])
    func expired(_ moment: String) throws {
        for calm in try Scene.failovers(2, fits: \.movesRecords) {
            let isEarly = moment == "promotion"
            let play = calm.again(with: [
                Trouble(
                    .expiredToken, isEarly ? .standbyRegion(nil) : .region(.global, nil),
                    from: try isEarly ? calm.promotion : calm.change, lasts: .seconds(60))
            ])
            play.failedOverOnce()
            let ends = (try #require(calm.endings.first).at, try #require(play.endings.first).at)
            #expect(ends.0 < ends.1, "\(play)")
        }
    }

    @Test("X17: where nobody can be seen to follow the name, the plan ends unconfirmed and says so")
    func unconfirmed() throws {
        for calm in try Scene.failovers(2) {
            let confirmation = try #require(calm.begun(\.confirms).first).since
            let play = calm.again(with: [
                Trouble(
                    .resolverFails, .host(0), from: confirmation - .milliseconds(1), lasts: .seconds(1500))
            ])
            play.failedOverOnce()
            let ending = try #require(play.endings.first).what
            let confirmations = Set(play.begun(\.confirms).map(\.what))
            #expect(confirmations.isSubset(of: ending.unconfirmed), "\(play)")
            let completed = try #require(play.notices.first { $0.what.kind == .completed })
            #expect(completed.what.headline.contains("not confirmed"), "\(completed.what.headline)")
        }
    }
}
