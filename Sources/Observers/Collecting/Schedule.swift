import Failover

/// When the errands of a round begin. Those that can wait are spread over the interval, the same one always
/// in the same place, so that each database is looked at once an interval and no API is asked in a burst.
struct Schedule: Sendable {
    /// Between two rounds.
    var interval: Duration

    /// What is left of an interval after the last one has begun, for its answer to come.
    private static let share = 0.8
    /// A few errands are no burst, and need not be far apart.
    private static let longestStep = Duration.milliseconds(100)

    /// By errand, how long after the round's beginning it is due.
    func delays(of errands: [Errand]) -> [Duration] {
        var counts: [String: Int] = [:]
        for errand in errands { counts[errand.lane, default: 0] += 1 }
        let steps = counts.mapValues { count in
            min(Self.longestStep, .seconds(interval.inSeconds * Self.share / Double(count)))
        }
        var places: [String: Int] = [:]
        return errands.map { errand in
            guard errand.mayWait else { return .zero }
            let place = places[errand.lane, default: 0]
            places[errand.lane] = place + 1
            return (steps[errand.lane] ?? .zero) * place
        }
    }
}

extension Errand {
    /// Whom it asks: one API of one Region, or whatever else has that source.
    var lane: String { expenses.first.map { "\($0.place.service) \($0.place.region)" } ?? source }

    /// What it asks whom. An errand is not begun while one like it is under way.
    struct Key: Hashable, Sendable {
        var source: String
        var variant: String
        var questions: [Question]
    }

    var key: Key { Key(source: source, variant: variant, questions: questions) }
}
