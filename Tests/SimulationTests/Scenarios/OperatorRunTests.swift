import Failover
import Testing

@testable import Simulation

/// The scenarios of operators in the simulator: people who type at the wrong moment.
@Suite("Operators in the simulator") struct OperatorRunTests {
    @Test("O1: a failover of what has failed over is refused, and no call is made for it")
    func alreadyThere() throws {
        for calm in try Scene(troubles: [.loss()]).plays(2) {
            let ended = try #require(calm.endings.first).since
            let play = calm.again(with: [
                Trouble(.operatorFailover, .asked(host: 0), from: ended + .seconds(60), lasts: .zero)
            ])
            play.failedOverOnce()
            #expect(play.refusals.count == 1, "\(play)")
            #expect(play.refusals.first?.contains("failed over already") == true, "\(play.refusals)")
            #expect(play.sent.count { $0.what.promotes } == calm.sent.count { $0.what.promotes }, "\(play)")
        }
    }

    @Test("O1: a failover of what is well is refused, and no call is made for it")
    func healthy() throws {
        let asked = Trouble(.operatorFailover, .asked(host: 0), from: .seconds(200), lasts: .zero)
        for play in try Scene(troubles: [asked]).plays(2) {
            play.cameToNothing()
            #expect(play.refusals.count == 1, "\(play)")
            #expect(play.refusals.first?.contains("source-alive") == true, "\(play.refusals)")
        }
    }

    @Test("O2: who asks for a failover that is running is told which step it is at, and it is made once")
    func twoAtOnce() throws {
        for calm in try Scene(troubles: [.loss()]).plays(2) {
            let waiting = try #require(calm.begun(\.promotes).last).since + .seconds(20)
            let play = calm.again(with: [
                Trouble(.operatorFailover, .asked(host: 0), from: waiting, lasts: .zero),
                Trouble(.operatorFailover, .asked(host: 0), from: waiting + .seconds(5), lasts: .zero),
            ])
            play.failedOverOnce()
            #expect(play.refusals.count == 2, "\(play)")
            for refusal in play.refusals {
                #expect(refusal.contains("failover 1 is running, at"), "\(refusal)")
            }
        }
    }
}
