import AWS
import Failover

/// Waits until the promoted side is a writer by every sign: its role, its status, and its endpoint's answer,
/// which is a committed write where the database is asked in SQL.
struct AwaitWriterRunner: StepRunner, Awaited {
    let action: AwaitWriter

    var what: String { "the new writer \(action.identifier) in \(action.region)" }
    var place: String { action.region.rawValue }
    var advice: String {
        "Look at it in the RDS console of \(action.region) and at the way to \(action.endpoint), then "
            + "resume the plan: no traffic is moved before."
    }

    private var name: String { "\(action.identifier) in \(action.region)" }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Never> {
        if planted(.movesTrafficToAnybody) { return .done("\(name) writes") }
        let obstacle =
            if let globalCluster = action.globalCluster {
                try await clusterObstacle(globalCluster, trial)
            } else {
                try await instanceObstacle(trial)
            }
        if let obstacle { return obstacle }
        switch WriteProof(await trial.context.probe(action.endpoint)) {
        case .proven(let proof): return .done("\(name) writes, and \(action.endpoint) \(proof)")
        case .missing(let obstacle): return .wait("\(name) is a writer, but \(action.endpoint) \(obstacle)")
        }
    }

    private func instanceObstacle(_ trial: Trial) async throws(AWSError) -> Sighting<Never>? {
        guard let instance = try await trial.instance(action.identifier, in: action.region) else {
            return .refuse("there is no \(name) any more")
        }
        guard instance.dbiResourceId == action.resourceID else { return reused(instance.dbiResourceId) }
        if let source = instance.source {
            return .wait("\(name) is still a replica of \(source) (status \(instance.status))")
        }
        return obstacle(status: instance.status)
    }

    private func clusterObstacle(
        _ globalCluster: String, _ trial: Trial
    ) async throws(AWSError) -> Sighting<Never>? {
        guard let cluster = try await trial.cluster(action.identifier, in: action.region) else {
            return .refuse("there is no \(name) any more")
        }
        guard cluster.dbClusterResourceId == action.resourceID else {
            return reused(cluster.dbClusterResourceId)
        }
        guard let arn = cluster.dbClusterArn else { return .wait("\(name) was described without its ARN") }
        // The members decide, as for the observers: nobody says when a cluster's own
        // `ReplicationSourceIdentifier` is cleared.
        let global = try await trial.globalCluster(globalCluster, in: action.region)
        if let member = global?.member(arn) {
            if !member.isWriter, global?.movement == nil {
                return .wait(
                    "\(name) is still a secondary of \(globalCluster), and AWS is at work on neither. If "
                        + "that lasts, begin by hand what the plan did (FailoverGlobalCluster with "
                        + "AllowDataLoss, or RemoveFromGlobalCluster), then resume the plan")
            }
            guard member.isWriter else { return .wait("\(name) is still a secondary of \(globalCluster)") }
            if let movement = global?.movement {
                return .wait("\(globalCluster) is still \(movement.status ?? "changing")")
            }
        }
        if let obstacle = obstacle(status: cluster.status ?? "unknown") { return obstacle }
        if cluster.dbClusterMembers.isEmpty {
            return .refuse("\(name) has no DB instance. Add one, then resume the plan")
        }
        let statuses = try await trial.instances(ofCluster: action.identifier, in: action.region).map(
            \.status)
        guard statuses.contains(where: { StatusMeaning(status: $0) == .serving }) else {
            return .wait("no instance of \(name) serves yet (\(listed(statuses)))")
        }
        return nil
    }

    private func obstacle(status: String) -> Sighting<Never>? {
        switch StatusMeaning(status: status) {
        case .serving: nil
        case .recovering, .unknown: .wait("\(name) is \(status)")
        case .failed, .deliberate: .refuse("\(name) is \(status). Repair it, then resume the plan")
        }
    }

    private func reused(_ resourceID: String?) -> Sighting<Never> {
        .refuse(
            "\(name) is another database now (\(resourceID ?? "without an id"), planned was "
                + "\(action.resourceID)): its identifier was reused. Abandon the plan")
    }

    var plannedCalls: [PlannedCall] {
        guard let globalCluster = action.globalCluster else {
            return [PlannedCall(Trial.describeInstance(action.identifier), in: action.region)]
        }
        return [
            PlannedCall(Trial.describeCluster(action.identifier), in: action.region),
            PlannedCall(Trial.describeGlobalCluster(globalCluster), in: action.region),
            PlannedCall(Trial.describeInstances(ofCluster: action.identifier), in: action.region),
        ]
    }
}
