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
            let result = Found<[String]>([])
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

    @Test func whatIsDueTogetherComesInTheOrderOfAsking() {
        let order = VirtualTime.begin(at: Self.start) { time -> [Int] in
            var order: [Int] = []
            for (number, second) in [5, 1, 5, 3, 1, 5].enumerated() {
                time.after(.seconds(second)) { order.append(number) }
            }
            let cancelled = time.after(.seconds(2)) { order.append(99) }
            cancelled.cancel()
            time.run(until: Self.start + .seconds(5))
            return order
        }
        #expect(order == [1, 4, 3, 0, 2, 5])
    }

    @Test func aRunEndsWhereItIsToldTo() {
        let ends = VirtualTime.begin(at: Self.start) { time -> [Timestamp] in
            var isOver = false
            time.after(.seconds(10)) { isOver = true }
            time.after(.seconds(20)) { Issue.record("time went on") }
            time.run(until: Self.start + .seconds(60)) { isOver }
            let first = time.now
            time.run(until: Self.start + .seconds(15))
            return [first, time.now]
        }
        #expect(ends == [Self.start + .seconds(10), Self.start + .seconds(15)])
    }

    @Test func otherThreadsKeepTheirOwnJobs() async {
        let theirs = await Task.detached { () -> Int in
            VirtualTime.begin(at: Self.start) { _ in 1 } + (await Task { 2 }.value)
        }.value
        #expect(theirs == 3)
    }

    /// Two that answer each other at once would keep a run from ever ending.
    @Test func aMomentThatDoesNotEndEndsTheRun() {
        let stalledAt = VirtualTime.begin(at: Self.start) { time -> Timestamp? in
            let isOver = Found(false)
            time.after(.seconds(5)) {
                Task { while !isOver.value { await Task.yield() } }
            }
            time.run(until: Self.start + .seconds(60))
            #expect(time.now == Self.start + .seconds(5))
            isOver.value = true
            time.end()
            return time.stalledAt
        }
        #expect(stalledAt == Self.start + .seconds(5))
    }
}

/// Something that a task leaves behind for whoever started it.
///
/// `@unchecked Sendable`: a run has one thread.
final class Found<Value>: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
}
