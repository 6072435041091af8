import Failover

/// What one process has been told about one database, and what that amounts to: the facts on AWS, written
/// down a second time, on purpose without the controller's own detection.
struct Testimony {
    /// A record is durable some time after what it was decided on: whatever was the newest at any moment of
    /// this span may be what was decided on. An append takes seconds on a failing disk.
    static let slack = Duration.seconds(10)

    private var versions: [Slot: [Version]] = [:]

    /// When our own connection to the primary was last answered, by the host's clock.
    private(set) var answeredAt: Timestamp?

    private struct Version {
        var observation: Observation
        /// True time.
        var heardAt: Timestamp
    }

    /// A late answer does not replace a newer one.
    mutating func take(_ observation: Observation, heardAt now: Timestamp) {
        if case .probe(.primary, .known(let answer)) = observation.fact, answer.serves {
            answeredAt = max(observation.at, answeredAt ?? observation.at)
        }
        var list = versions[observation.fact.slot] ?? []
        if let last = list.last, last.observation.at > observation.at { return }
        // All but the one that was the newest when the span began.
        if let current = list.lastIndex(where: { now - $0.heardAt >= Self.slack }), current > 0 {
            list.removeFirst(current)
        }
        list.append(Version(observation: observation, heardAt: now))
        versions[observation.fact.slot] = list
    }

    /// What may have been the newest when something was decided that is durable `now` (true time) and was
    /// decided at `instant` (the host's), without what was stale then. Nil stands for nothing fresh.
    func candidates(
        _ slot: Slot, at instant: Timestamp, now: Timestamp, freshness: Duration
    ) -> [Observation?] {
        guard let list = versions[slot] else { return [nil] }
        let start = list.lastIndex { now - $0.heardAt >= Self.slack } ?? list.startIndex
        let seen: [Observation?] = list[start...].map { version in
            instant - version.observation.at <= freshness ? version.observation : nil
        }
        // The first look of all may have come after the decision.
        return list.contains { now - $0.heardAt >= Self.slack } ? seen : seen + [nil]
    }

    func newest(_ slot: Slot) -> Observation? { versions[slot]?.last?.observation }

    /// True time at which the newest was heard.
    func heardAt(_ slot: Slot) -> Timestamp? { versions[slot]?.last?.heardAt }
}

extension ProbeAnswer {
    /// It answers, and does not say that it commits nothing.
    var serves: Bool {
        switch sql?.outcome {
        case nil, .wrote, .looked: answered
        case .stalled, .crowded, .readOnly, .misconfigured: false
        }
    }
}
