import Failover
import Testing

@testable import Simulation

/// The scenarios of notification in the simulator.
@Suite("Notification in the simulator") struct NotificationRunTests {
    @Test(
        "N1: a failover does not wait for topics that take nothing, and what they missed is delivered later",
        arguments: [Fault.Kind.cutThere, .serverErrors, .accessDenied])
    func topicsAreDown(_ kind: Fault.Kind) throws {
        for calm in try Scene(troubles: [.loss()]).plays(2) {
            let planned = try #require(calm.plans.first).since
            let ended = try #require(calm.endings.first)
            let down = Trouble(
                kind, .standbyRegion("sns"), from: planned - .seconds(1),
                lasts: ended.since - planned + .seconds(60))
            let play = calm.again(with: [down])
            play.failedOverOnce()
            let late = try #require(play.endings.first).at - ended.at
            #expect(abs(late.inSeconds) < 2, "\(late): \(play)")
            #expect(Set(play.notices.map(\.what.id)) == Set(play.told.map(\.what.id)), "\(play)")
            // Some of what fails after the effect has told them.
            guard kind != .serverErrors else { continue }
            let meanwhile = down.from..<down.from + (down.lasts ?? .zero)
            #expect(!play.told.contains { meanwhile.contains($0.since) }, "\(play)")
        }
    }

    @Test("N2: with a topic in the dead Region everything is told by the other one, within a minute")
    func deadTopic() throws {
        for play in try Scene(troubles: [.loss()]).plays(3) {
            play.failedOverOnce()
            #expect(play.stage.workload.topics.contains { $0.region == play.stage.workload.primaryRegion })
            for notice in play.notices {
                let told = try #require(play.told.first { $0.what.id == notice.what.id }, "\(play)")
                #expect(told.at - notice.at <= .seconds(60), "\(play)")
                #expect(told.what.topic.region == play.stage.workload.standbyRegion, "\(play)")
            }
        }
    }
}
