import Failover

/// What was decided then beside what would be decided now.
public struct Comparison: Sendable, Equatable, Codable {
    /// From the journal; nil when nothing like it was decided then.
    public var then: Milestone?
    /// From the replay; nil when nothing like it would be decided.
    public var now: Milestone?
    public var result: Result

    public enum Result: String, Sendable, Codable, CaseIterable {
        case same, earlier, later
        /// It was decided then, and would not be.
        case not
        /// It was not decided then, and would be.
        case wouldHave = "would-have"
    }

    /// How much later it would be; negative: earlier. Nil without both.
    public var shift: Duration? {
        guard let then, let now else { return nil }
        return now.at - then.at
    }

    /// Ticks do not begin at the same millisecond, and a look without news is told to within a second.
    static let tolerance = Duration.seconds(2)
    /// Two decisions of one kind further apart than this are about two events.
    static let reach = Duration.seconds(3600)

    /// Pairs what is of the same workload and kind and about the same trouble, in the order of time.
    public static func all(then: [Milestone], now: [Milestone]) -> [Comparison] {
        var rest = now
        var all: [Comparison] = []
        for milestone in then {
            let partner = rest.indices.filter { milestone.matches(rest[$0]) }
                .min { milestone.distance(to: rest[$0]) < milestone.distance(to: rest[$1]) }
            all.append(Comparison(then: milestone, now: partner.map { rest.remove(at: $0) }))
        }
        all += rest.map { Comparison(then: nil, now: $0) }
        return all.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    private init(then: Milestone?, now: Milestone?) {
        self.then = then
        self.now = now
        switch (then, now) {
        case (let then?, let now?):
            let shift = now.at - then.at
            result = shift > Self.tolerance ? .later : shift < .zero - Self.tolerance ? .earlier : .same
        case (nil, _): result = .wouldHave
        case (_, nil): result = .not
        }
    }

    private var at: Timestamp { [then?.at, now?.at].compactMap { $0 }.min() ?? Timestamp(milliseconds: 0) }
}

extension Milestone {
    fileprivate func matches(_ other: Milestone) -> Bool {
        guard workload == other.workload, kind == other.kind else { return false }
        // The same trouble began at the same time, or so close that another witness saw it first.
        if let since = suspectedSince, let theirs = other.suspectedSince,
            span(since, theirs) <= .seconds(300)
        {
            return true
        }
        return distance(to: other) <= Comparison.reach
    }

    fileprivate func distance(to other: Milestone) -> Duration { span(at, other.at) }

    private func span(_ one: Timestamp, _ other: Timestamp) -> Duration {
        one > other ? one - other : other - one
    }
}
