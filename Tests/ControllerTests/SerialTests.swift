import Controller
import Failover
import Foundation
import Journal
import Testing

/// One input at a time, however slow the journal is.
@Suite(.timeLimit(.minutes(1))) struct SerialTests {
    let clock = VirtualClock()
    let journal = SlowJournal()

    private func started(hands: ScriptedHands) async throws -> Controller {
        let controller = try await ControllerTests.controller(clock: clock, journal: journal, hands: hands)
        journal.hold()
        return controller
    }

    @Test func `While an append hangs everybody is answered from what is durable`() async throws {
        let hands = ScriptedHands(ControllerTests.allWell)
        let controller = try await started(hands: hands)
        let request = Task { await controller.request(ControllerTests.request, for: "orders") }
        try await until { journal.waiting == 1 }
        #expect(await controller.views().first?.phase == .watching)
        #expect(await controller.mayAct)
        #expect(await controller.dryRun(ControllerTests.request, for: "orders") != nil)
        #expect(hands.orders.isEmpty)
        journal.letGo()
        #expect(await request.value == ControllerTests.accepted)
        try await until { await controller.views().first?.phase == .failedOver }
    }

    @Test func `Of two people who ask at the same moment one gets the failover and the other is told so`()
        async throws
    {
        let hands = ScriptedHands(ControllerTests.allWell)
        let controller = try await started(hands: hands)
        let first = Task { await controller.request(ControllerTests.request, for: "orders") }
        try await until { journal.waiting == 1 }
        let second = Task { await controller.request(ControllerTests.request, for: "orders") }
        let looks = Task { await controller.round() }
        for _ in 0..<1000 { await Task.yield() }
        // Decided on what the first one's append has not yet made true, it would have been accepted too.
        #expect(journal.waiting == 1)
        journal.letGo()
        #expect(await first.value == ControllerTests.accepted)
        guard case .refused = await second.value else {
            Issue.record("two failovers at once")
            return
        }
        await looks.value
        try await until { await controller.views().first?.phase == .failedOver }
        #expect(hands.orders.filter(\.step.action.promotes).count == 1)
    }

    @Test func `A result waits for a slow journal and is recorded once`() async throws {
        let journal = journal
        let hands = ScriptedHands(ControllerTests.allWell) { order in
            if order.step.action.promotes { journal.hold() }
        }
        let controller = try await ControllerTests.controller(clock: clock, journal: journal, hands: hands)
        let loop = Task { await controller.run() }
        defer { loop.cancel() }
        _ = await controller.request(ControllerTests.request, for: "orders")
        try await until { journal.waiting == 1 }
        // Ticks and looks go on meanwhile; none of them may push the result out.
        for _ in 0..<100 {
            clock.advance(by: .seconds(1))
            await Task.yield()
        }
        journal.letGo()
        try await until {
            clock.advance(by: .milliseconds(100))
            return await controller.views().first?.phase == .failedOver
        }
        let ends = try journal.inner.latest(workload: "orders", limit: 1000).filter {
            if case .stepFinished(let step, _, _) = $0.record.event {
                step.rawValue.contains("promote")
            } else {
                false
            }
        }
        #expect(ends.count == 1)
    }

    @Test func `More people than can be served are told so at once`() async throws {
        let controller = try await started(hands: ScriptedHands([:]))
        let hold = OperatorRequest(verb: .hold, by: "ana", reason: "test")
        let replies = Task {
            await withTaskGroup(of: OperatorReply.self) { group in
                for _ in 0..<80 { group.addTask { await controller.request(hold, for: "orders") } }
                return await group.reduce(into: [OperatorReply]()) { $0.append($1) }
            }
        }
        try await until { journal.waiting == 1 }
        for _ in 0..<1000 { await Task.yield() }
        journal.letGo()
        let turnedAway = await replies.value.filter {
            if case .refused(let message) = $0 { message.contains("wait already") } else { false }
        }
        // 64 wait; one more may be on its way to the journal.
        #expect((15...16).contains(turnedAway.count))
    }

    @Test func `A killed controller writes nothing, begins nothing and leaves nobody waiting`() async throws {
        let hands = ScriptedHands(ControllerTests.allWell)
        let controller = try await started(hands: hands)
        let request = Task { await controller.request(ControllerTests.request, for: "orders") }
        try await until { journal.waiting == 1 }
        let late = Task { await controller.request(ControllerTests.request, for: "orders") }
        for _ in 0..<1000 { await Task.yield() }
        controller.kill()
        journal.letGo()
        _ = await request.value
        _ = await late.value
        await controller.round()
        #expect(await controller.mayAct == false)
        #expect(hands.orders.isEmpty)
        #expect(await controller.views().first?.phase == .watching)
        // What was on its way to the disk may have got there; nothing came after it.
        let appends = journal.appends
        _ = await controller.request(ControllerTests.request, for: "orders")
        #expect(journal.appends == appends)
    }

    @Test func `A killed controller's steps end and their results are not recorded`() async throws {
        let hands = ScriptedHands([:])
        let controller = try await ControllerTests.controller(clock: clock, journal: journal, hands: hands)
        _ = await controller.request(ControllerTests.request, for: "orders")
        try await until { hands.orders.count == 1 }
        let written = try journal.inner.latest(workload: nil, limit: 1000).count
        controller.kill()
        try await until { hands.ended == 1 }
        for _ in 0..<1000 { await Task.yield() }
        #expect(try journal.inner.latest(workload: nil, limit: 1000).count == written)
    }
}
