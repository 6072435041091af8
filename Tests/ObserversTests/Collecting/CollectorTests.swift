import Failover
import Testing

@testable import Observers

/// Asks one question of each source, and notes who was asked when.
private final class Sources: Observer {
    let name = "sources"
    let context: ObserverContext
    let asked = Locked<[String: [Timestamp]]>([:])
    let expenses: [Expense]
    private let takesTurn: Bool
    private let sources: [String]
    private let answer: @Sendable (String) async -> Void

    init(
        _ sources: [String], _ context: ObserverContext, expenses: [Expense] = [], takesTurn: Bool = false,
        _ answer: @escaping @Sendable (String) async -> Void = { _ in }
    ) {
        self.takesTurn = takesTurn
        self.sources = sources
        self.context = context
        self.expenses = expenses
        self.answer = answer
    }

    func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand] {
        sources.map { source in
            let question = Question(workload: "shop", database: "orders", slot: .primaryDatabase)
            var errand = Errand(
                source: source, vantage: "there", questions: [question], limit: .seconds(7),
                expenses: expenses
            ) { [self] in
                asked.withLock { $0[source, default: []].append(context.now()) }
                await answer(source)
                return [
                    question.observed(
                        question.unknown(.missing, "nothing"), source: source, vantage: "there",
                        at: context.now())
                ]
            }
            errand.takesTurn = takesTurn
            return errand
        }
    }

    func count(_ source: String) -> Int { asked.withLock { $0[source]?.count ?? 0 } }
}

@Suite struct `The collector` {
    let time = ManualTime()
    let workload = Workload.test("shop", .rds("orders"))

    func context(_ budget: CallBudget = CallBudget()) -> ObserverContext {
        var context = ObserverContext.test(sleep: time.sleep, budget: budget)
        let time = time
        context.now = { time.now }
        return context
    }

    /// A collector at work, for as long as the test's body takes.
    private func collecting(
        _ sources: Sources, _ body: (Collector, Locked<[String]>) async -> Void
    ) async {
        let collector = Collector(observers: [sources], context: sources.context, interval: .seconds(10))
        let working = Task { await collector.run() }
        await body(collector, Locked([]))
        working.cancel()
        await working.value
    }

    private func look(
        _ collector: Collector, closer: Bool = false, _ delivered: Locked<[String]>
    ) async {
        await collector.look(at: [workload], closer: closer ? ["shop"] : []) { observations in
            delivered.withLock { $0 += observations.map(\.source) }
        }
    }

    @Test func `A source that hangs delays neither the others nor the next round`() async {
        let end = Promise<Void>()
        let sources = Sources(["hung", "quick"], context()) { if $0 == "hung" { await end.value } }
        await collecting(sources) { collector, delivered in
            let first = Task { await look(collector, delivered) }
            await eventually("the quick one's answer") { delivered.withLock { $0 } == ["quick"] }
            await eventually("somebody waits for the interval") { time.alarms.contains(.seconds(10)) }
            // Not the hung errand's limit: its silence would be an answer.
            time.advance(by: .seconds(6))
            let second = Task { await look(collector, delivered) }
            await second.value
            time.advance(by: .milliseconds(100))
            await eventually("the next round asks the quick one again") { sources.count("quick") == 2 }
            #expect(sources.count("hung") == 1)
            time.advance(by: .seconds(4))
            await first.value
            await eventually("what hangs is silent") { delivered.withLock { $0.contains("hung") } }
            await look(collector, delivered)
            time.advance(by: .milliseconds(200))
            await eventually("and is asked once more") { sources.count("hung") == 2 }
            end.fulfil(())
        }
    }

    @Test func `A suspect is looked at at once, and its look is waited for`() async {
        let sources = Sources(["a", "b", "c"], context())
        await collecting(sources) { collector, delivered in
            await look(collector, delivered)
            await look(collector, closer: true, delivered)
            #expect(delivered.withLock { $0 }.sorted() == ["a", "a", "b", "b", "c", "c"])
            #expect(sources.asked.withLock { Set($0.values.flatMap(\.self)) } == [ObserverContext.testNow])
        }
    }

    @Test func `Of those that take turns only so many are under way, and suspects have places of their own`()
        async
    {
        let places = Collector.probesAtOnce
        let ends = (0...places).map { _ in Promise<Void>() }
        let sources = Sources(ends.indices.map(String.init), context(), takesTurn: true) { source in
            if let place = Int(source) { await ends[place].value }
        }
        await collecting(sources) { collector, delivered in
            async let first: Void = look(collector, delivered)
            await eventually("all but one are asked") { sources.asked.withLock { $0.count } >= places }
            #expect(sources.asked.withLock { $0.count } == places)
            async let second: Void = look(collector, closer: true, delivered)
            await eventually("the last one is asked out of turn") {
                sources.asked.withLock { $0.count } == places + 1
            }
            for end in ends { end.fulfil(()) }
            await first
            await second
            #expect(delivered.withLock { $0.count } == ends.count)
        }
    }

    @Test func `More suspects than there are places all have their turn, whoever is asked about again`()
        async
    {
        let places = Collector.probesAtOnce
        let ends = (0..<(places + 3)).map { _ in Promise<Void>() }
        let order = Locked<[Int]>([])
        let sources = Sources(ends.indices.map(String.init), context(), takesTurn: true) { source in
            guard let place = Int(source) else { return }
            order.withLock { $0.append(place) }
            await ends[place].value
        }
        await collecting(sources) { collector, delivered in
            async let first: Void = look(collector, closer: true, delivered)
            await eventually("all places are taken") { order.withLock { $0.count } >= places }
            let asked = order.withLock { $0.sorted() }
            #expect(asked.count == places)
            ends[asked[0]].fulfil(())
            await eventually("the next one's turn") {
                delivered.withLock { $0.count } == 1 && order.withLock { $0.count } > places
            }
            // It has answered and is asked about again; those who wait keep their places.
            async let second: Void = look(collector, closer: true, delivered)
            await eventually("its look is under way") { time.alarms.count { $0 == .seconds(5) } == 2 }
            for turn in 2...3 {
                ends[asked[turn]].fulfil(())
                await eventually("the next one's turn") { order.withLock { $0.count } >= places + turn }
            }
            #expect(order.withLock { Set($0) } == Set(ends.indices))
            for end in ends { end.fulfil(()) }
            await first
            await second
        }
    }

    @Test(arguments: [false, true])
    func `What takes turns is not silent for having waited`(closer: Bool) async {
        let places = Collector.probesAtOnce
        let ends = (0...places).map { _ in Promise<Void>() }
        let sources = Sources(ends.indices.map(String.init), context(), takesTurn: true) { source in
            if let place = Int(source) { await ends[place].value }
        }
        await collecting(sources) { collector, delivered in
            async let first: Void = look(collector, closer: closer, delivered)
            await eventually("each that is under way has its limit") {
                time.alarms.count { $0 == .seconds(7) } >= places
            }
            time.advance(by: .seconds(7))
            await eventually("those that hang are silent, and the last one's time begins") {
                delivered.withLock { $0.count } == places && time.alarms.contains(.seconds(14))
            }
            for end in ends { end.fulfil(()) }
            await first
            await eventually("the last one's answer") { delivered.withLock { $0.count } == ends.count }
        }
    }

    @Test func `A round that is not the first one is spread`() async {
        let sources = Sources(["a", "b", "c"], context(), expenses: [.describe()])
        await collecting(sources) { collector, delivered in
            await look(collector, delivered)
            await look(collector, delivered)
            await eventually("the others wait") {
                time.alarms.contains(.milliseconds(100)) && time.alarms.contains(.milliseconds(200))
            }
            #expect(sources.count("b") == 1)
            time.advance(by: .milliseconds(100))
            await eventually("b's turn") { sources.count("b") == 2 }
            #expect(sources.count("c") == 1)
        }
    }

    @Test func `A suspect does not wait for its turn, and is not asked for a second time then`() async {
        let sources = Sources(["a", "b"], context(), expenses: [.describe()])
        await collecting(sources) { collector, delivered in
            await look(collector, delivered)
            await look(collector, delivered)
            await eventually("b waits for its turn") { time.alarms.contains(.milliseconds(100)) }
            await eventually("a has answered") { delivered.withLock { $0.count { $0 == "a" } } == 2 }
            await look(collector, closer: true, delivered)
            #expect(sources.count("b") == 2)
            time.advance(by: .seconds(1))
            await eventually("nobody waits") { time.alarms.isEmpty }
            #expect(sources.count("b") == 2)
            await look(collector, closer: true, delivered)
            #expect(sources.count("b") == 3)
        }
    }

    @Test func `What nobody takes in is not asked for again`() async {
        let sources = Sources(["a"], context())
        let open = Promise<Void>()
        let taking = Locked(0)
        await collecting(sources) { collector, _ in
            let first = Task {
                await collector.look(at: [workload], closer: []) { _ in
                    taking.withLock { $0 += 1 }
                    await open.value
                }
            }
            await eventually("it is being taken in") { taking.withLock { $0 } == 1 }
            await collector.look(at: [workload], closer: []) { _ in taking.withLock { $0 += 1 } }
            #expect(sources.count("a") == 1)
            open.fulfil(())
            await first.value
        }
    }

    @Test func `Deliveries come one at a time`() async {
        let sources = Sources((0..<50).map { "s\($0)" }, context())
        let (now, most, total) = (Locked(0), Locked(0), Locked(0))
        await collecting(sources) { collector, _ in
            await collector.look(at: [workload], closer: ["shop"]) { observations in
                let inside = now.withLock { now in
                    now += 1
                    return now
                }
                most.withLock { $0 = max($0, inside) }
                await Task.yield()
                total.withLock { $0 += observations.count }
                now.withLock { $0 -= 1 }
            }
        }
        #expect(total.withLock { $0 } == 50)
        #expect(most.withLock { $0 } == 1)
    }

    @Test func `The budget makes healthy workloads wait, and never a suspect`() async {
        let sources = Sources(
            ["a", "b", "c", "d"], context(CallBudget(callsPerSecond: 1)), expenses: [.describe()])
        await collecting(sources) { collector, delivered in
            await look(collector, closer: true, delivered)
            await look(collector, closer: true, delivered)
            // Eight calls at once, of which two seconds' worth were there: six are owed.
            #expect(delivered.withLock { $0.count } == 8)
            await look(collector, delivered)
            await eventually("three of them fit into the interval") { time.alarms.count >= 3 }
            #expect(delivered.withLock { $0.count } == 8)
            #expect(time.alarms.allSatisfy { $0 >= .seconds(6) })
        }
    }

    @Test func `Metrics are saved every second time once the money is spent, and never of a suspect`() async {
        // An hour's worth is 1 metric and a bit.
        let budget = CallBudget(dollarsPerMonth: 0.008)
        let sources = Sources(["a"], context(budget), expenses: [.metrics(20)])
        await collecting(sources) { collector, delivered in
            // The first one spends more than there is.
            for expected in [1, 1, 2, 2, 3] {
                await look(collector, delivered)
                await eventually("its answer is there") { collector.isIdle }
                #expect(sources.count("a") == expected)
                time.advance(by: .seconds(10))
            }
            await look(collector, closer: true, delivered)
            await look(collector, closer: true, delivered)
            #expect(sources.count("a") == 5)
        }
    }
}

extension Expense {
    static func describe() -> Expense {
        Expense(service: "rds", region: "eu-west-1", operation: "DescribeDBInstances")
    }

    static func metrics(_ count: Int) -> Expense {
        Expense(service: "cloudwatch", region: "eu-west-1", operation: "GetMetricData", metrics: count)
    }
}
