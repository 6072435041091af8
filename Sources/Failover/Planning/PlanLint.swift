/// Refuses plans that no failover may follow, whoever made them.
public enum PlanLint {
    /// One line a finding; empty for a sound plan.
    public static func findings(on plan: Plan) -> [String] {
        var findings: [String] = []
        let actions = plan.steps.map(\.action)
        if plan.steps.isEmpty || plan.steps.count > maximumSteps {
            findings.append("a plan has 1 to \(maximumSteps) steps, not \(plan.steps.count)")
        }
        if Set(plan.steps.map(\.id)).count != plan.steps.count { findings.append("two steps share an id") }
        for step in plan.steps where step.timeoutMilliseconds <= 0 || step.tries < 1 {
            findings.append("\(step.id) has no timeout or no try")
        }
        guard let promotion = plan.pointOfNoReturn else { return findings + ["nothing is promoted"] }
        if !actions[..<promotion].contains(.recheck) {
            findings.append("\(plan.steps[promotion].id) promotes without a recheck before it")
        }
        findings.append(contentsOf: unverifiedTraffic(plan))
        findings.append(contentsOf: promotedTwice(plan))
        for step in plan.steps[promotion...] where step.onFailure == .abandon {
            findings.append("\(step.id) would abandon the plan after a promotion")
        }
        return findings
    }

    /// Larger plans are a sign of a configuration that nobody has read.
    static let maximumSteps = 100

    /// Every promoted database must be proven a writer before any traffic moves.
    private static func unverifiedTraffic(_ plan: Plan) -> [String] {
        guard let first = plan.steps.firstIndex(where: { $0.action.movesTraffic }) else { return [] }
        let verified = plan.steps[..<first].compactMap { step -> DatabaseID? in
            if case .awaitWriter(let action) = step.action { action.database } else { nil }
        }
        return plan.steps.compactMap { step in
            guard let database = step.action.promotedDatabase, !verified.contains(database) else { return nil }
            return "\(plan.steps[first].id) moves traffic before \(database) is a verified writer"
        }
    }

    private static func promotedTwice(_ plan: Plan) -> [String] {
        let promoted = plan.steps.compactMap(\.action.promotedDatabase)
        return Set(promoted).count == promoted.count ? [] : ["a database is promoted twice"]
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
}
