import Foundation
import Testing

@testable import Failover

@Suite("Records as JSON")
struct CodableTests {
    private func roundTrip<Value: Codable & Equatable>(_ value: Value) throws {
        let data = try JSONEncoder().encode(value)
        let back = try JSONDecoder().decode(Value.self, from: data)
        #expect(back == value)
    }

    @Test("every record of every story comes back as it was, and so does the state after each")
    func everyStory() throws {
        for story in Stories.all {
            let world = story()
            for record in world.records { try roundTrip(record) }
            try roundTrip(world.state)
        }
    }

    @Test("every kind of event comes back as it was")
    func everyEvent() throws {
        let world = LostRegionTests.confirmed([.shop(traffic: [.check()])])
        let assessment = try #require(world.assessment)
        let plan = try #require(world.state.plan)
        let request = OperatorRequest(verb: .failover, by: "ana", reason: "\u{1B}\n\"", overrides: [.lag])
        let notice = try #require(world.notices.first)
        let topic = notice.topics[0]
        let events: [Event] = [
            .controllerStarted(version: "1", configurationDigest: "d"), .controllerStopped(reason: "r"),
            .phaseChanged(from: .watching, to: .suspected, because: "b", assessment: assessment),
            .assessed(assessment: assessment), .requestReceived(request: request),
            .requestRefused(request: request, because: "b"), .planAdopted(plan: plan),
            .stepStarted(step: "s", attempt: 1),
            .stepFinished(step: "s", attempt: 1, outcome: .succeeded(detail: "d")),
            .stepFinished(
                step: "s", attempt: 2, outcome: .failed(detail: "d", retryable: true, mayHaveHappened: true)),
            .stepUnconfirmed(step: "s", because: "b"),
            .planEnded(ending: PlanEnding(outcome: .abandonedHalfway, because: "b", unconfirmed: ["s"])),
            .fenceOwed(fence: world.fence, because: "b"),
            .fenceSettled(fence: world.fence, settlement: .fenced(detail: "d")),
            .fenceSettled(fence: world.fence, settlement: .cancelled(because: "b")),
            .holdPlaced(hold: Hold(by: "ana", reason: "r", since: world.now)),
            .holdReleased(by: "ana", reason: "r"), .noticeIssued(notice: notice),
            .noticeSettled(id: "n", deliveries: [Delivery(topic: topic, messageID: nil, failure: "f")]),
            .exposureEnded(because: "b"),
        ]
        for event in events {
            try roundTrip(Record(at: world.now, workload: "shop", epoch: 1, rule: "suspect", event: event))
        }
    }

    @Test("every observation comes back as it was")
    func observations() throws {
        var scene = Scene(of: .aurora(.detach))
        for isKnown in [true, false] {
            if !isKnown { scene.isolate() }
            for fact in scene.facts(at: World.start) { try roundTrip(fact) }
        }
    }

    @Test("a record from before the outage's start was kept is still read")
    func older() throws {
        let old = #"{"database":"orders","verdict":"healthy","votes":[]}"#
        let assessment = try JSONDecoder().decode(DatabaseAssessment.self, from: Data(old.utf8))
        #expect(assessment.darkSince == nil)
    }
}
