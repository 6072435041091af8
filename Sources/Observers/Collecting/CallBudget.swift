import Failover

/// How much observing may ask of AWS.
public struct CallBudget: Sendable, Equatable {
    /// To each API of each Region. Above zero.
    public var callsPerSecond: Double
    /// For metrics, the one thing about observing that AWS charges for. Nil for no limit.
    public var dollarsPerMonth: Double?

    /// 20: ten thousand databases in one Region take 10 a second at a poll interval of 10 s. RDS publishes no
    /// limit for its describe calls, and is known to throttle those who scan large fleets.
    public init(callsPerSecond: Double = 20, dollarsPerMonth: Double? = nil) {
        self.callsPerSecond = callsPerSecond
        self.dollarsPerMonth = dollarsPerMonth
    }

    /// GetMetricData: 0.01 USD for 1,000 metrics (AWS's price list of CloudWatch, US Regions).
    public static let dollarsPerMetric = 0.01 / 1000
    /// A month of 30 days, as AWS's own examples count it.
    public static let secondsPerMonth = 2_592_000.0
}

/// What of the budget is left. A suspect never waits for it: what its looks take is paid back by those that
/// can wait.
final class Allowance: Sendable {
    private struct State {
        var calls: [Expense.Place: TokenBucket] = [:]
        var metrics: TokenBucket?
    }

    private let budget: CallBudget
    private let state: Locked<State>

    init(_ budget: CallBudget) {
        self.budget = budget
        var state = State()
        if let dollars = budget.dollarsPerMonth {
            let perSecond = dollars / CallBudget.dollarsPerMetric / CallBudget.secondsPerMonth
            // An hour's worth: one incident's closer looks are no reason to look less.
            state.metrics = TokenBucket(capacity: perSecond * 3600, perSecond: perSecond)
        }
        self.state = Locked(state)
    }

    /// Books an errand, and says how long it has to wait; nil, and nothing is booked, when that is longer
    /// than `patience`. One that is urgent goes at once.
    func book(
        _ expenses: [Expense], urgent: Bool, patience: Duration, at now: Timestamp
    ) -> Duration? {
        state.withLock { state in
            var wait = Duration.zero
            for (place, calls) in Self.calls(expenses) {
                var bucket = state.calls[place] ?? fresh
                wait = max(wait, urgent ? .zero : bucket.wait(for: calls, at: now))
                state.calls[place] = bucket
            }
            guard wait <= patience else { return nil }
            for (place, calls) in Self.calls(expenses) {
                state.calls[place]?.takeAnyway(calls, at: now)
            }
            state.metrics?.takeAnyway(Double(expenses.reduce(0) { $0 + $1.metrics }), at: now)
            return wait
        }
    }

    /// For one call more than was booked.
    func takeExtra(_ place: Expense.Place, at now: Timestamp) -> Bool {
        state.withLock { $0.calls[place, default: fresh].take(1, at: now) }
    }

    /// Whether more has been spent on metrics than an hour's worth ahead.
    func isInDebt(at now: Timestamp) -> Bool {
        state.withLock { $0.metrics?.isInDebt(at: now) ?? false }
    }

    /// Two seconds' worth at once, and one call at least.
    private var fresh: TokenBucket {
        TokenBucket(capacity: max(1, budget.callsPerSecond * 2), perSecond: budget.callsPerSecond)
    }

    private static func calls(_ expenses: [Expense]) -> [Expense.Place: Double] {
        expenses.reduce(into: [:]) { $0[$1.place, default: 0] += Double($1.calls) }
    }
}
