import Failover
import Testing

@testable import Simulation

@Suite struct VirtualTimeTests {
    private static let start = Timestamp(milliseconds: 1_000_000)

    private actor Tally {
        private(set) var visits: [String] = []

        func visit(_ life: Life, _ name: String) async throws {
            visits.append("in \(name)")
            try await life.pause(for: .seconds(1))
            visits.append("out \(name)")
        }
    }

    @Test func tasksActorsAndSleepsTakeVirtualTimeOnly() {
        let visits = VirtualTime.begin(at: Self.start) { time -> [String] in
            let (life, tally) = (Life(host: "a", time: time), Tally())
            let result = Box<[String]>([])
            Task {
                await withTaskGroup(of: Void.self) { group in
                    for (delay, name) in [(3, "c"), (1, "a"), (2, "b")] {
                        group.addTask {
                            try? await life.pause(for: .seconds(delay * 3600))
                            try? await tally.visit(life, name)
                        }
                    }
                }
                result.value = await tally.visits
            }
            time.run(until: Self.start + .seconds(86_400))
            return result.value
        }
        #expect(visits == ["in a", "out a", "in b", "out b", "in c", "out c"])
    }
}

private final class Box<Value>: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
}
