import Failover

/// What one process has been told about one database, and what that amounts to: the facts on AWS, written
/// down a second time, on purpose without the controller's own detection.
struct Testimony {
    /// A record is durable some time after what it was decided on: whatever was the newest at any moment of
    /// this span may be what was decided on. An append takes seconds on a failing disk.
    static let slack = Duration.seconds(10)
    /// For how long after it was decided on something may become durable: appends wait for one another, and
    /// each of them for a shared table behind a slow edge.
    private static let memory = Duration.seconds(120)

    /// By the slot's place.
    private var versions: [[Version]] = Array(repeating: [], count: Slot.allCases.count)

    /// When our own connection to the primary was answered, by the host's clock, and when that was heard; of
    /// what was settled long ago the last one.
    private var answers: [(at: Timestamp, heardAt: Timestamp)] = []

    /// How far the host's clock is ahead of true time: nothing is heard before it is observed.
    private var clockAhead: Duration?

    private struct Version {
        var observation: Observation
        /// True time.
        var heardAt: Timestamp
    }

    /// A late answer does not replace a newer one.
    mutating func take(_ observation: Observation, heardAt now: Timestamp) {
        if case .probe(.primary, .known(let answer)) = observation.fact, answer.serves {
            answers.append((max(observation.at, answers.last?.at ?? observation.at), now))
            if let current = answers.lastIndex(where: { $0.heardAt <= now - Self.memory }) {
                answers.removeFirst(current)
            }
        }
        clockAhead = max(observation.at - now, clockAhead ?? observation.at - now)
        let (place, settled) = (observation.fact.slot.place, now - Self.memory)
        if let last = versions[place].last, last.observation.at > observation.at { return }
        // All but the one that was the newest when the span began.
        if let current = versions[place].lastIndex(where: { $0.heardAt <= settled }), current > 0 {
            versions[place].removeFirst(current)
        }
        let latest = Self.latest(observation, versions[place].last?.observation)
        versions[place].append(Version(observation: latest, heardAt: now))
    }

    /// What the checkers said last, by their own time: an answer that is older than what is known takes
    /// nothing back.
    private static func latest(_ heard: Observation, _ known: Observation?) -> Observation {
        guard let known, case .routeHealth(.known(let new)) = heard.fact,
            case .routeHealth(.known(let old)) = known.fact, new.sampledAt < old.sampledAt
        else { return heard }
        var latest = known
        latest.at = heard.at
        return latest
    }

    /// What a time of the host's clock is in true time, as far as can be told from what it heard.
    func trueTime(of instant: Timestamp) -> Timestamp { clockAhead.map { instant - $0 } ?? instant }

    /// How far behind the host's clock is, where it could ask nobody what time it is.
    var clockBehind: Duration { max(.zero, .zero - (clockAhead ?? .zero)) }

    /// What may have been the newest when something was decided that is durable `now` (true time) and was
    /// decided at `instant` (the host's), without what was stale then. Nil stands for nothing fresh.
    func candidates(
        _ slot: Slot, at instant: Timestamp, now: Timestamp, freshness: Duration
    ) -> [Observation?] {
        let (list, oldest) = (versions[slot.place], instant - freshness)
        let settled = settled(at: instant, now: now)
        let current = list.lastIndex { $0.heardAt <= settled }
        let seen: [Observation?] = list[(current ?? list.startIndex)...].map { version in
            version.observation.at >= oldest ? version.observation : nil
        }
        // The first look of all may have come after the decision.
        return current == nil ? seen + [nil] : seen
    }

    /// When the primary last answered, as far as it was surely known when that was decided: it may be back
    /// at this very moment.
    func answered(at instant: Timestamp, now: Timestamp) -> Timestamp? {
        let settled = settled(at: instant, now: now)
        return answers.last { $0.heardAt <= settled }?.at
    }

    /// What was heard up to then, in true time, was surely known.
    private func settled(at instant: Timestamp, now: Timestamp) -> Timestamp {
        (clockAhead == nil ? now : min(now, trueTime(of: instant))) - Self.slack
    }

    func newest(_ slot: Slot) -> Observation? { versions[slot.place].last?.observation }

    /// True time at which the newest was heard.
    func heardAt(_ slot: Slot) -> Timestamp? { versions[slot.place].last?.heardAt }
}

extension Slot {
    fileprivate var place: Int {
        switch self {
        case .routeHealth: 0
        case .primaryDatabase: 1
        case .standbyDatabase: 2
        case .replication: 3
        case .primaryProbe: 4
        case .standbyProbe: 5
        }
    }
}

extension ProbeAnswer {
    /// It answers, and does not say that it commits nothing.
    var serves: Bool {
        switch sql?.outcome {
        case nil, .wrote, .looked: answered
        case .stalled, .crowded, .readOnly, .turnedAway, .misconfigured: false
        }
    }
}
