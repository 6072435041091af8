import Failover

struct Liveness: Invariant {
    static let id = "liveness"
    static let rule =
        "Once nothing else goes wrong, every plan comes to an end, every suspicion is settled, "
        + "and every fence that is owed and can be made is made"

    private let premises: Premises
    /// When each lever was last given its value, or tried.
    private var assertedAt: [String: Timestamp] = [:]

    private var triedFences: Set<FenceAction> = []

    /// Asserted every minute; a host that has to start first takes another.
    static let leverBound = Duration.seconds(180)

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        switch happening.kind {
        case .mutation(_, let mutation):
            switch mutation.cause {
            case .lever(let flip)?: assertedAt[flip.lever.name] = happening.at
            case .step(let id, _, let step, _)?:
                if let name = past.story(id).plan?.step(step)?.action.movedName {
                    assertedAt[name] = happening.at
                }
            case .fence(let fence)?: triedFences.insert(fence)
            case .notice?, nil: break
            }
        default: break
        }
        return []
    }

    mutating func findings(atTheEnd past: Chronicle) -> [String] {
        guard let calm = premises.calmSince else { return [] }
        return premises.workloads.flatMap { workload -> [String] in
            let story = past.story(workload.id)
            let quiet = past.now - max(calm, story.phaseSince ?? calm)
            switch story.phase {
            case .failingOver where quiet > Self.longest(story.plan):
                return ["\(workload.id) is failing over for \(quiet.text)"]
            case .suspected where quiet > Self.doubt(workload.policy):
                return suspended(workload, story, past).map { "\($0) for \(quiet.text)" }
            default: return unfenced(workload, story, past, since: calm) + letGo(story, past, since: calm)
            }
        }
    }

    /// Where the witnesses go on disagreeing (a quorum of three, and AWS calls a database available that
    /// nobody reaches) there is nothing to confirm and nothing to clear, and the facts allow no more than to
    /// tell. But it has to be told, and where enough has been heard it must not stay a suspicion.
    private func suspended(_ workload: Workload, _ story: Story, _ past: Chronicle) -> [String] {
        let since = story.phaseSince ?? past.now
        let quiet = past.now - max(since, premises.calmSince ?? since)
        let isTold = (past.told[workload.id] ?? []).contains { $0.kind == .suspected && $0.at >= since }
        if !isTold, quiet > Self.reminderBound {
            return ["\(workload.id) is suspected, and nobody was told"]
        }
        return Idleness.isHeard(workload, past)
            ? ["\(workload.id) is suspected, though enough was heard,"] : []
    }

    /// Where somebody was told of something else before, it is said again after 900 s; a host that has to
    /// start first takes 60 s, and the message its time.
    static let reminderBound = Duration.seconds(1020)

    /// The first try comes with the first look at both sides, a round or two after the end of the troubles;
    /// and a host that has to start first takes 60 s.
    static let fenceBound = Duration.seconds(200)

    /// An owed fence is settled or tried as soon as the old Region answers. A promotion's own end is awaited
    /// before, and a person is, where a plan has stopped.
    private func unfenced(_ workload: Workload, _ story: Story, _ past: Chronicle, since calm: Timestamp)
        -> [String]
    {
        guard story.phase == .failedOver,
            past.now - max(calm, story.phaseSince ?? calm) > Self.fenceBound
        else { return [] }
        return story.owedFences.compactMap { fence in
            let site = SiteName(region: fence.region, identifier: fence.identifier)
            let isCutOff = past.activeFaults.values.contains { fault in
                fault.place.region == nil || fault.place.region == fence.region
            }
            return isCutOff || triedFences.contains(fence)
                ? nil : "\(workload.id): the fence of \(site) is owed, and nobody tries it"
        }
    }

    /// An alarm without data lets go of its lever.
    private func letGo(_ story: Story, _ past: Chronicle, since calm: Timestamp) -> [String] {
        guard story.phase == .failedOver, past.now - calm > Self.leverBound else { return [] }
        return story.flips.compactMap { flip in
            let silence = past.now - (assertedAt[flip.lever.name] ?? .distantPast)
            return silence > Self.leverBound ? "\(flip.lever.name) was let go \(silence.text) ago" : nil
        }
    }

    /// All its steps at their limits, each with the 15 s of grace, the 60 s after which it is given up from
    /// outside, and 60 s for a host to start again.
    static func longest(_ plan: Plan?) -> Duration {
        (plan?.steps ?? []).reduce(.seconds(60)) { $0 + $1.timeout + .seconds(135) }
    }

    /// A suspicion ends by being confirmed or cleared: metrics are up to 10 min late, the checkers take 90 s,
    /// the provider gets its time, and then one of the two windows runs.
    static func doubt(_ policy: Policy) -> Duration {
        .seconds(690) + policy.providerRecoveryLimit + max(policy.confirmationWindow, policy.clearanceWindow)
    }
}
