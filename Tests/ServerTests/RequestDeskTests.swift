import Failover
import Journal
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct RequestDeskTests {
    static func hold(_ key: String?, by: String = "ana") -> OperatorRequest {
        OperatorRequest(verb: .hold, by: by, reason: "upgrade", key: key)
    }

    @Test func aRequestThatIsSentTwiceActsOnceAndIsAnsweredTheSame() async throws {
        let echo = Echo()
        let desk = RequestDesk(echo)
        for workload in ["orders", "payments"] as [WorkloadID] {
            let first = try await desk.submit(Self.hold("k"), for: workload)
            let second = try await desk.submit(Self.hold("k"), for: workload)
            #expect(!first.isRepeated)
            #expect(second == RequestDesk.Outcome(reply: first.reply, isRepeated: true))
        }
        // One for each workload: a key is the workload's.
        #expect(echo.asked.withLock { $0 } == 2)
    }

    @Test func theJournalRemembersOverARestart() async throws {
        let echo = Echo()
        _ = try await RequestDesk(echo).submit(Self.hold("k"), for: "orders")
        _ = try await RequestDesk(echo).submit(Self.hold("k"), for: "payments")
        let accepted = try await RequestDesk(echo).submit(Self.hold("k"), for: "orders")
        let refused = try await RequestDesk(echo).submit(Self.hold("k"), for: "payments")
        #expect(echo.asked.withLock { $0 } == 2)
        #expect(accepted.isRepeated)
        if case .accepted = accepted.reply {} else { Issue.record("\(accepted.reply)") }
        #expect(refused.reply == .refused(message: "a gate is closed"))
    }

    @Test func anotherRequestWithAUsedKeyIsRefusedBeforeAndAfterARestart() async throws {
        let echo = Echo()
        let desk = RequestDesk(echo)
        _ = try await desk.submit(Self.hold("k"), for: "orders")
        for desk in [desk, RequestDesk(echo)] {
            await #expect(throws: RequestDesk.Mismatch.self) {
                try await desk.submit(Self.hold("k", by: "ben"), for: "orders")
            }
        }
        #expect(echo.asked.withLock { $0 } == 1)
        let fresh = try await desk.submit(Self.hold("l", by: "ben"), for: "orders")
        #expect(!fresh.isRepeated)
    }

    @Test func manyAtOnceActOnce() async throws {
        let echo = Echo()
        let desk = RequestDesk(echo)
        let outcomes = try await withThrowingTaskGroup(of: RequestDesk.Outcome.self) { group in
            for _ in 0..<20 { group.addTask { try await desk.submit(Self.hold("k"), for: "orders") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(echo.asked.withLock { $0 } == 1)
        #expect(outcomes.filter { !$0.isRepeated }.count == 1)
        #expect(Set(outcomes.map { "\($0.reply)" }).count == 1)
    }
}
