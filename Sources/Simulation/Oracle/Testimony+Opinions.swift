import Failover

extension Testimony {
    /// What each kind of witness may be said to think of the primary, on what was heard.
    func opinions(
        of kind: WitnessKind, _ policy: Policy, at instant: Timestamp, now: Timestamp
    ) -> Set<Vote.Opinion> {
        func seen(_ slot: Slot) -> [Observation?] {
            candidates(slot, at: instant, now: now, freshness: policy.freshness)
        }
        let own: [Set<Vote.Opinion>]
        switch kind {
        case .probe: own = seen(.primaryProbe).map(Self.ofProbe)
        case .controlPlane: own = seen(.primaryDatabase).map(Self.ofControlPlane)
        case .route53: own = seen(.routeHealth).map { Self.ofCheckers($0, policy, instant) }
        case .replication:
            own =
                seen(.replication).map { Self.ofLag($0, policy, instant) }
                + (seen(.standbyDatabase).contains(where: Self.saysBroken) ? [[.failed]] : [])
                + (seen(.standbyProbe).contains(where: Self.hasHeartbeat) ? [[.alive]] : [])
        }
        return own.reduce(into: []) { $0.formUnion($1) }
    }

    /// The kinds that may be said to call the primary failed.
    func failing(_ policy: Policy, at instant: Timestamp, now: Timestamp) -> Set<WitnessKind> {
        Set(
            policy.witnesses.filter {
                opinions(of: $0, policy, at: instant, now: now).contains(.failed)
            })
    }

    /// Enough says failed and nothing says anything else, by what was heard last.
    func isClear(_ policy: Policy) -> Bool {
        guard let last = Slot.allCases.compactMap(newest).max(by: { $0.at < $1.at })?.at,
            let heard = Slot.allCases.compactMap(heardAt).max()
        else { return false }
        let all = WitnessKind.allCases.map { ($0, opinions(of: $0, policy, at: last, now: heard)) }
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

    private static let ignorance: Set<Vote.Opinion> = [.unknown, .configurationFault]

    private static func ofProbe(_ observation: Observation?) -> Set<Vote.Opinion> {
        guard case .probe(_, .known(let answer))? = observation?.fact else { return ignorance }
        guard answer.answered else { return [.failed] }
        switch answer.sql?.outcome {
        case nil, .wrote, .looked: return [.alive]
        case .stalled: return [.failed]
        // No connection to spare: what it said of writes before that may still stand.
        case .crowded: return [.alive, .failed]
        case .readOnly, .misconfigured: return [.configurationFault]
        }
    }

    /// Its silence may count beside another kind. Only what serves by AWS's documents may be called healthy.
    private static func ofControlPlane(_ observation: Observation?) -> Set<Vote.Opinion> {
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
    ) -> Set<Vote.Opinion> {
        guard case .routeHealth(.known(let sample))? = observation?.fact,
            instant - sample.sampledAt <= policy.metricFreshness
        else { return ignorance }
        return sample.healthy ? [.healthy, .alive, .unknown] : [.failed]
    }

    private static func ofLag(
        _ observation: Observation?, _ policy: Policy, _ instant: Timestamp
    ) -> Set<Vote.Opinion> {
        guard case .replication(.known(let samples))? = observation?.fact,
            let newest = samples.max(by: { $0.sampledAt < $1.sampledAt }),
            instant - newest.sampledAt <= policy.metricFreshness
        else { return ignorance }
        // RDS publishes -1 for a replica that is not replicating.
        guard let lag = newest.lagSeconds else { return [.failed] }
        return lag >= Double(policy.stallAfter.components.seconds)
            ? [.failed] : [.healthy, .alive, .unknown]
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
