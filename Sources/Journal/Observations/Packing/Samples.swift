import Failover

/// The part of a fact that is new with each metric sample.
enum Samples: Sendable, Equatable {
    case none
    case health(sampledAt: Timestamp)
    /// Newest first, as they were read.
    case lag([LagSample])

    enum Kind: UInt8 {
        case none, health, lag
    }

    var kind: Kind {
        switch self {
        case .none: .none
        case .health: .health
        case .lag: .lag
        }
    }

    /// Splits a fact into what stays and what is new. What these samples cannot carry stays in the fact: it
    /// costs more, and nothing is lost.
    static func split(_ fact: Fact) -> (rest: Fact, samples: Samples) {
        let parts: (Fact, Samples)
        switch fact {
        case .routeHealth(.known(let sample)):
            let rest = HealthSample(healthy: sample.healthy, sampledAt: Timestamp(milliseconds: 0))
            parts = (.routeHealth(reading: .known(value: rest)), .health(sampledAt: sample.sampledAt))
        case .replication(.known(let samples)):
            parts = (.replication(reading: .known(value: [])), .lag(samples.map(\.bare)))
        case .probe(let side, .known(var answer)):
            guard let heartbeat = answer.sql?.heartbeat else { return (fact, .none) }
            answer.sql?.heartbeat = nil
            parts = (.probe(side: side, reading: .known(value: answer)), .lag([heartbeat.bare]))
        default: return (fact, .none)
        }
        return joined(parts.0, parts.1) == fact ? parts : (fact, .none)
    }

    /// The whole fact again; nil when the two do not belong together.
    static func joined(_ rest: Fact, _ samples: Samples) -> Fact? {
        switch (rest, samples) {
        case (_, .none): rest
        case (.routeHealth(.known(let sample)), .health(let sampledAt)):
            .routeHealth(
                reading: .known(value: HealthSample(healthy: sample.healthy, sampledAt: sampledAt)))
        case (.replication(.known), .lag(let samples)): .replication(reading: .known(value: samples))
        case (.probe(let side, .known(let answer)), .lag(let samples)):
            answer.with(samples).map { .probe(side: side, reading: .known(value: $0)) }
        default: nil
        }
    }
}

extension ProbeAnswer {
    /// With its heartbeat again; nil when that is not what the samples are.
    fileprivate func with(_ samples: [LagSample]) -> ProbeAnswer? {
        guard sql != nil, samples.count == 1 else { return nil }
        var answer = self
        answer.sql?.heartbeat = samples[0]
        return answer
    }
}

extension LagSample {
    /// With what the packed form carries, and nothing else.
    fileprivate var bare: LagSample { LagSample(sampledAt: sampledAt, lagSeconds: lagSeconds) }
}
