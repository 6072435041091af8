import Failover
import Testing

@testable import Observers

/// Errands that the test writes itself.
private struct Scripted: Observer {
    var name = "scripted"
    var context: ObserverContext
    var script: @Sendable ([Workload], Set<WorkloadID>) -> [Errand]

    func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand] {
        script(workloads, closer)
    }
}

@Suite struct `A round of the watch` {
    let question = Question(workload: "shop", database: "orders", slot: .primaryDatabase)
    let workload = Workload.test("shop", .rds("orders"))

    func errand(
        _ source: String, limit: Duration = .seconds(5), _ ask: @escaping @Sendable () async -> [Observation]
    ) -> Errand {
        Errand(source: source, vantage: "there", questions: [question], limit: limit, ask: ask)
    }

    func seen(_ source: String) -> Observation {
        question.observed(
            question.unknown(.missing, "nothing"), source: source, vantage: "there",
            at: ObserverContext.testNow)
    }

    @Test func `An errand that hangs delays no other, and its questions are answered with silence`() async {
        // Heeds no cancellation; let go of when the test is over.
        let end = Promise<[Observation]>()
        defer { end.fulfil([]) }
        // Time stands still until the test lets it go on.
        let time = Promise<Void>()
        let waiting = Locked(0)
        let context = ObserverContext.test(sleep: { limit in
            guard limit == .seconds(7) else { return try await Task.sleep(for: .seconds(3600)) }
            waiting.withLock { $0 += 1 }
            await time.value
        })
        let observer = Scripted(context: context) { _, _ in
            [errand("hung", limit: .seconds(7)) { await end.value }, errand("quick") { [seen("quick")] }]
        }
        let delivered = Locked<[Observation]>([])
        await Watch(observers: [observer], context: context).round([workload], closer: []) { observations in
            delivered.withLock { $0 += observations }
            // The quick one came while the hung one still had all its time.
            if observations == [seen("quick")] { time.fulfil(()) }
        }
        let all = delivered.withLock { $0 }
        #expect(all.map(\.source) == ["quick", "hung"])
        #expect(all.last?.fact == question.unknown(.silent, "no answer in 7.0 s"))
        #expect(all.last?.at == ObserverContext.testNow)
        #expect(waiting.withLock { $0 } == 1)
    }

    @Test func `A round that is given up sees nothing`() async {
        let end = Promise<[Observation]>()
        defer { end.fulfil([]) }
        let context = ObserverContext.test()
        let started = Promise<Void>()
        let observer = Scripted(context: context) { _, _ in
            [
                errand("hung") {
                    started.fulfil(())
                    return await end.value
                }
            ]
        }
        let round = Task { await observer.observe([workload]) }
        await started.value
        round.cancel()
        #expect(await round.value.isEmpty)
    }

    @Test func `Observers are told who is suspected`() async {
        let context = ObserverContext.test()
        let observer = Scripted(context: context) { workloads, closer in
            [errand("\(workloads.map(\.id)) \(closer)") { [] }].filter { $0.source == "[shop] [shop]" }
                .map { kept in errand("told") { [seen(kept.source)] } }
        }
        let found = await Watch(observers: [observer], context: context).round([workload], closer: ["shop"])
        #expect(found == [seen("[shop] [shop]")])
    }

    @Test(arguments: Slot.allCases)
    func `Silence is told in the slot that was asked for`(slot: Slot) {
        let fact = Question(workload: "shop", database: "orders", slot: slot).unknown(.silent, "nothing")
        #expect(fact.slot == slot)
        #expect(fact.unknownReason == .silent)
    }
}
