/// Refuses plans that no failover may follow, whoever made them.
public enum PlanLint {
    /// One line a finding; empty for a sound plan.
    public static func findings(on plan: Plan) -> [String] {
        var findings: [String] = []
        if plan.steps.isEmpty || plan.steps.count > maximumSteps {
            findings.append("a plan has 1 to \(maximumSteps) steps, not \(plan.steps.count)")
        }
        if Set(plan.steps.map(\.id)).count != plan.steps.count { findings.append("two steps share an id") }
        for step in plan.steps where step.timeoutMilliseconds <= 0 || step.tries < 1 {
            findings.append("\(step.id) has no timeout or no try")
        }
        findings.append(contentsOf: plan.steps.compactMap(wrongEnd))
        guard let promotion = plan.pointOfNoReturn else { return findings + ["nothing is promoted"] }
        if !plan.steps[..<promotion].contains(where: { $0.action == .recheck }) {
            findings.append("\(plan.steps[promotion].id) promotes without a recheck before it")
        }
        findings.append(contentsOf: unverified(plan))
        findings.append(contentsOf: misplacedPromotions(plan))
        findings.append(contentsOf: misplacedFences(plan, promotion: promotion))
        findings.append(contentsOf: misplacedCapacity(plan))
        for step in plan.steps[promotion...] where step.onFailure == .abandon {
            findings.append("\(step.id) would abandon the plan after a promotion")
        }
        return findings
    }

    /// Larger plans are a sign of a configuration that nobody has read.
    public static let maximumSteps = 100

    /// How many steps a failover of so much has at most: recheck and capacity; fence, promotion and wait of
    /// each database; move and proof of each lever.
    public static func mostSteps(databases: Int, levers: Int) -> Int { 3 + 3 * databases + 2 * levers }

    /// Only a fence can be owed, and only the proof of a change can be missing, or what clients can do
    /// without for a while: anything else must not be passed over. Capacity always is: fewer tasks under load
    /// are a slow service, none that clients are led to is an outage.
    private static func wrongEnd(of step: Step) -> String? {
        switch (step.onFailure, step.action) {
        case (.noteUnconfirmed, .raiseCapacity), (.noteUnconfirmed, .awaitCapacity): nil
        case (_, .raiseCapacity), (_, .awaitCapacity):
            "\(step.id) would hold the traffic up: missing capacity is noted, and the plan goes on"
        case (.owe, .fence), (.noteUnconfirmed, .confirmTraffic), (.askOperator, _), (.abandon, _): nil
        case (.owe, _): "\(step.id) is no fence and cannot be owed"
        case (.noteUnconfirmed, _): "\(step.id) cannot be passed over without its proof"
        }
    }

    /// Every promoted database must be proven a writer after its promotion, before the plan ends and before
    /// any traffic moves.
    private static func unverified(_ plan: Plan) -> [String] {
        let firstMove = plan.steps.firstIndex { $0.action.movesTraffic } ?? plan.steps.endIndex
        return plan.steps.enumerated().compactMap { index, step in
            guard let database = step.action.promotedDatabase else { return nil }
            let proof = plan.steps.indices.first { later in
                guard later > index, case .awaitWriter(let wait) = plan.steps[later].action else {
                    return false
                }
                return wait.database == database
            }
            guard let proof else {
                return "\(step.id) is never verified: nothing awaits the writer of \(database)"
            }
            return proof < firstMove
                ? nil : "\(plan.steps[firstMove].id) moves traffic before \(database) is a verified writer"
        }
    }

    /// The standby grows where the writer goes, once that is decided for good, and before the clients come.
    private static func misplacedCapacity(_ plan: Plan) -> [String] {
        let promotion = plan.steps.lastIndex { $0.action.promotes } ?? plan.steps.endIndex
        let firstMove = plan.steps.firstIndex { $0.action.movesTraffic } ?? plan.steps.endIndex
        return plan.steps.enumerated().flatMap { index, step -> [String] in
            let regions = Set(step.action.capacities.map(\.region))
            guard !regions.isEmpty else { return [] }
            return (index > promotion ? [] : ["\(step.id) comes before everything is promoted"])
                + (index < firstMove ? [] : ["\(step.id) comes after traffic has moved"])
                + regions.filter { $0 != plan.targetRegion }.sorted().map {
                    "\(step.id) is about \($0), where no writer goes"
                }
        }
    }

    private static func misplacedPromotions(_ plan: Plan) -> [String] {
        let promoted = plan.steps.compactMap(\.action.promotedDatabase)
        let regions = Set(plan.steps.compactMap(\.action.promotedSite).map(\.region))
        return (Set(promoted).count == promoted.count ? [] : ["a database is promoted twice"])
            + (regions.count == 1 ? [] : ["it promotes in several Regions: \(regions.sorted())"])
    }

    /// A fence comes before every promotion, and never on what is promoted.
    private static func misplacedFences(_ plan: Plan, promotion: Int) -> [String] {
        let targets = plan.steps.compactMap(\.action.promotedSite)
        return plan.steps.enumerated().flatMap { index, step -> [String] in
            guard case .fence(let fence) = step.action else { return [] }
            let isTarget = targets.contains { $0.region == fence.region && $0.identifier == fence.identifier }
            return (index > promotion ? ["\(step.id) fences after a promotion"] : [])
                + (isTarget ? ["\(step.id) would fence the new writer"] : [])
        }
    }
}

extension Action {
    var promotedDatabase: DatabaseID? {
        switch self {
        case .promoteReplica(let action): action.database
        case .detachFromGlobalCluster(let action): action.database
        case .failoverGlobalCluster(let action): action.database
        default: nil
        }
    }

    /// Where, and what, becomes a writer.
    var promotedSite: (region: Region, identifier: String)? {
        switch self {
        case .promoteReplica(let action): (action.region, action.identifier)
        case .detachFromGlobalCluster(let action): (action.region, action.clusterIdentifier)
        case .failoverGlobalCluster(let action): (action.region, action.clusterIdentifier)
        default: nil
        }
    }
}
