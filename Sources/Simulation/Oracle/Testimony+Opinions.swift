import Failover

extension Testimony {
    /// What each kind of witness may be said to think of the primary, on what was heard.
    func opinions(
        of kind: WitnessKind, _ policy: Policy, at instant: Timestamp, now: Timestamp
    ) -> Opinions {
        func seen(_ slot: Slot) -> [Observation?] {
            candidates(slot, at: instant, now: now, freshness: policy.freshness)
        }
        var own: Opinions = []
        switch kind {
        case .probe: for answer in seen(.primaryProbe) { own.formUnion(Self.ofProbe(answer)) }
        case .controlPlane:
            for answer in seen(.primaryDatabase) { own.formUnion(Self.ofControlPlane(answer)) }
        case .route53:
            for sample in seen(.routeHealth) { own.formUnion(Self.ofCheckers(sample, policy, instant)) }
        case .replication:
            for sample in seen(.replication) { own.formUnion(Self.ofLag(sample, policy, instant)) }
            if seen(.standbyDatabase).contains(where: Self.saysBroken) { own.insert(.failed) }
            if seen(.standbyProbe).contains(where: Self.hasHeartbeat) { own.insert(.alive) }
        }
        return own
    }

    /// The kinds that may be said to call the primary failed.
    func failing(_ policy: Policy, at instant: Timestamp, now: Timestamp) -> Set<WitnessKind> {
        Set(
            policy.witnesses.filter {
                opinions(of: $0, policy, at: instant, now: now).contains(Opinions.failed)
            })
    }

    /// When the host last heard anything, by its clock and in true time.
    private var lastHeard: (at: Timestamp, now: Timestamp)? {
        guard let at = Slot.allCases.compactMap(newest).map(\.at).max(),
            let now = Slot.allCases.compactMap(heardAt).max()
        else { return nil }
        return (at, now)
    }

    /// The replica itself says that nothing arrives any more.
    func saysReplicaIsCutOff(_ policy: Policy) -> Bool {
        guard let last = lastHeard else { return false }
        return opinions(of: .replication, policy, at: last.at, now: last.now).contains(Opinions.failed)
    }

    /// Enough says failed and nothing says anything else, by what was heard last.
    func isClear(_ policy: Policy) -> Bool {
        guard let last = lastHeard else { return false }
        let all = WitnessKind.allCases.map { ($0, opinions(of: $0, policy, at: last.at, now: last.now)) }
        let failed = all.filter { $0.1 == [.failed] && policy.witnesses.contains($0.0) }.map(\.0)
        let others = all.filter { $0.1 != [.failed] }
        return failed.count >= max(2, policy.quorum)
            && failed.contains { $0 == .route53 || $0 == .replication }
            && others.allSatisfy { _, opinions in
                // A server that turns us away lives.
                opinions.isDisjoint(with: [.alive, .healthy, .recovering])
                    && opinions != [.configurationFault]
            }
    }

    private static let ignorance: Opinions = [.unknown, .configurationFault]

    private static func ofProbe(_ observation: Observation?) -> Opinions {
        guard case .probe(_, .known(let answer))? = observation?.fact else { return ignorance }
        guard answer.answered else { return [.failed] }
        switch answer.sql?.outcome {
        case nil, .wrote, .looked: return [.alive]
        case .stalled: return [.failed]
        // No connection to spare: what it said of writes before that may still stand.
        case .crowded: return [.alive, .failed]
        case .readOnly, .turnedAway, .misconfigured: return [.configurationFault]
        }
    }

    /// Its silence may count beside another kind. Only what serves by AWS's documents may be called healthy.
    private static func ofControlPlane(_ observation: Observation?) -> Opinions {
        guard case .database(_, let reading)? = observation?.fact else { return ignorance }
        switch reading {
        case .unknown(.silent, _): return [.failed, .unknown]
        case .unknown: return ignorance
        case .known(let state):
            let works: Set = ["available", "backing-up", "storage-optimization"]
            if works.contains(state.status) { return [.healthy, .recovering, .configurationFault] }
            return [.recovering, .failed, .configurationFault, .unknown]
        }
    }

    private static func ofCheckers(
        _ observation: Observation?, _ policy: Policy, _ instant: Timestamp
    ) -> Opinions {
        guard case .routeHealth(.known(let sample))? = observation?.fact,
            instant - sample.sampledAt <= policy.metricFreshness
        else { return ignorance }
        return sample.healthy ? [.healthy, .alive, .unknown] : failed(sample.sampledAt, instant)
    }

    /// A sample from the future tells of a clock that is wrong; it may be left out.
    private static func failed(_ sampledAt: Timestamp, _ instant: Timestamp) -> Opinions {
        sampledAt > instant ? [.failed, .unknown] : [.failed]
    }

    private static func ofLag(
        _ observation: Observation?, _ policy: Policy, _ instant: Timestamp
    ) -> Opinions {
        guard case .replication(.known(let samples))? = observation?.fact,
            let newest = samples.max(by: { $0.sampledAt < $1.sampledAt }),
            instant - newest.sampledAt <= policy.metricFreshness
        else { return ignorance }
        // RDS publishes -1 for a replica that is not replicating.
        guard let lag = newest.lagSeconds else { return failed(newest.sampledAt, instant) }
        return lag >= Double(policy.stallAfter.components.seconds)
            ? failed(newest.sampledAt, instant) : [.healthy, .alive, .unknown]
    }

    /// A row that the primary committed for a probe, on the replica.
    private static func hasHeartbeat(_ observation: Observation?) -> Bool {
        guard case .probe(_, .known(let answer))? = observation?.fact else { return false }
        return answer.sql?.heartbeat != nil
    }

    private static func saysBroken(_ observation: Observation?) -> Bool {
        guard case .database(_, .known(let state))? = observation?.fact else { return false }
        return state.replication?.normal == false
    }
}

/// Some of the opinions that a vote may have.
struct Opinions: OptionSet {
    let rawValue: UInt8

    static let healthy = Opinions(rawValue: 1)
    static let failed = Opinions(rawValue: 2)
    static let alive = Opinions(rawValue: 4)
    static let unknown = Opinions(rawValue: 8)
    static let recovering = Opinions(rawValue: 16)
    static let configurationFault = Opinions(rawValue: 32)

    func contains(_ opinion: Vote.Opinion) -> Bool {
        switch opinion {
        case .healthy: contains(.healthy as Self)
        case .failed: contains(.failed as Self)
        case .alive: contains(.alive as Self)
        case .unknown: contains(.unknown as Self)
        case .recovering: contains(.recovering as Self)
        case .configurationFault: contains(.configurationFault as Self)
        }
    }
}
