import Failover

struct Liveness: Invariant {
    static let id = "liveness"
    static let rule =
        "Once nothing else goes wrong, every plan comes to an end, every suspicion is settled, "
        + "and every fence that is owed and can be made is made"

    private let premises: Premises

    init(_ premises: Premises) { self.premises = premises }

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
            default: return unfenced(workload, story, past, since: calm)
            }
        }
    }

    /// Where the witnesses go on disagreeing (a quorum of three, and AWS calls a database available that nobody
    /// reaches) there is nothing to confirm and nothing to clear, and the facts allow no more than to tell. But
    /// it has to be told, and where enough has been heard it must not stay a suspicion.
    private func suspended(_ workload: Workload, _ story: Story, _ past: Chronicle) -> [String] {
        let since = story.phaseSince ?? past.now
        let isTold = (past.told[workload.id] ?? []).contains { $0.kind == .suspected && $0.at >= since }
        if !isTold { return ["\(workload.id) is suspected, and nobody was told"] }
        let isClear = past.processes.values.contains { process in
            process.isRunning
                && workload.databases.allSatisfy { process.testimony(on: $0.id).isClear(workload.policy) }
        }
        return isClear ? ["\(workload.id) is suspected, though enough was heard,"] : []
    }

    /// A failed try is followed by the next one after 900 s at the latest; a try takes 60 s, and a host that
    /// has to start first as long again.
    static let fenceBound = Duration.seconds(1080)

    /// An old writer that takes commits in a Region that answers can be fenced.
    private func unfenced(_ workload: Workload, _ story: Story, _ past: Chronicle, since calm: Timestamp)
        -> [String]
    {
        guard story.phase != .needsOperator, past.now - calm > Self.fenceBound else { return [] }
        return story.owedFences.compactMap { fence in
            let site = SiteName(region: fence.region, identifier: fence.identifier)
            let isCutOff = past.activeFaults.values.contains { fault in
                fault.place.region == nil || fault.place.region == fence.region
            }
            guard !isCutOff, let wrote = past.site(site).wroteAt, past.now - wrote < .seconds(300) else {
                return nil
            }
            return "\(workload.id): \(site) takes commits, and its fence is still owed"
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
