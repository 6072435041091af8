import Failover
import Testing

@testable import Observers

@Suite struct `When the errands of a round begin` {
    func errands(_ count: Int, region: String = "eu-west-1", mayWait: Bool = true) -> [Errand] {
        (0..<count).map { index in
            let question = Question(
                workload: "shop", database: DatabaseID("d\(index)"), slot: .primaryDatabase)
            var errand = Errand(
                source: "RDS API", vantage: region, questions: [question], limit: .seconds(7),
                expenses: [Expense(service: "rds", region: region, operation: "Describe")]
            ) { [] }
            errand.mayWait = mayWait
            return errand
        }
    }

    @Test func `Many are spread over most of the interval, evenly`() {
        let delays = Schedule(interval: .seconds(10)).delays(of: errands(200))
        #expect(delays.first == .zero)
        #expect(delays.last == .milliseconds(40 * 199))
        #expect(zip(delays, delays.dropFirst()).allSatisfy { $1 - $0 == .milliseconds(40) })
    }

    @Test func `A few begin nearly at once`() {
        let delays = Schedule(interval: .seconds(10)).delays(of: errands(3))
        #expect(delays == [.zero, .milliseconds(100), .milliseconds(200)])
    }

    @Test func `Each Region has its own order, so that none waits for another's`() {
        let both = errands(2) + errands(2, region: "eu-north-1")
        let delays = Schedule(interval: .seconds(10)).delays(of: both)
        #expect(delays == [.zero, .milliseconds(100), .zero, .milliseconds(100)])
    }

    @Test func `What may not wait does not`() {
        let delays = Schedule(interval: .seconds(10)).delays(of: errands(3, mayWait: false))
        #expect(delays == [.zero, .zero, .zero])
    }

    @Test func `A probe that writes may not wait`() {
        var database = Database.rds("orders")
        database.sql = SQLAccess(database: "d", user: "u", passwordFile: "/p", tls: .require)
        let observer = ProbeObserver(context: .test())
        #expect(observer.errands(about: [.test("shop", database)], closer: []).contains { !$0.mayWait })
        #expect(observer.errands(about: [.test("shop", .rds("x"))], closer: []).allSatisfy { $0.mayWait })
    }
}

@Suite struct `What is left of the budget` {
    let now = ObserverContext.testNow

    @Test func `Two seconds' worth goes at once, and what is more waits its time`() {
        let allowance = Allowance(CallBudget(callsPerSecond: 2))
        let waits = (1...6).map { _ in
            allowance.book([.describe()], urgent: false, patience: .seconds(60), at: now)
        }
        #expect(waits.prefix(4).allSatisfy { $0 == .zero })
        #expect(waits.dropFirst(4) == [.milliseconds(500), .seconds(1)])
    }

    @Test func `What would wait for too long is not booked`() {
        let allowance = Allowance(CallBudget(callsPerSecond: 1))
        for _ in 1...2 { _ = allowance.book([.describe()], urgent: false, patience: .zero, at: now) }
        for _ in 1...9 {
            #expect(allowance.book([.describe()], urgent: false, patience: .zero, at: now) == nil)
        }
        let later = now + .seconds(1)
        #expect(allowance.book([.describe()], urgent: false, patience: .zero, at: later) == .zero)
    }

    @Test func `What is urgent goes at once, and is paid back`() {
        let allowance = Allowance(CallBudget(callsPerSecond: 1))
        for _ in 1...10 {
            #expect(allowance.book([.describe()], urgent: true, patience: .zero, at: now) == .zero)
        }
        #expect(
            allowance.book([.describe()], urgent: false, patience: .seconds(60), at: now) == .seconds(9))
        #expect(!allowance.takeExtra(.init(service: "rds", region: "eu-west-1"), at: now))
    }

    @Test func `Another API has its own`() {
        let allowance = Allowance(CallBudget(callsPerSecond: 1))
        for _ in 1...10 { _ = allowance.book([.describe()], urgent: true, patience: .zero, at: now) }
        #expect(allowance.book([.metrics(1)], urgent: false, patience: .zero, at: now) == .zero)
    }

    @Test func `Ten dollars a month buy a million metrics`() {
        let allowance = Allowance(CallBudget(dollarsPerMonth: 10))
        let anHour = Int(1_000_000.0 / 720)
        _ = allowance.book([.metrics(anHour)], urgent: false, patience: .zero, at: now)
        #expect(!allowance.isInDebt(at: now))
        _ = allowance.book([.metrics(10)], urgent: false, patience: .zero, at: now)
        #expect(allowance.isInDebt(at: now))
        #expect(!allowance.isInDebt(at: now + .seconds(60)))
    }
}
