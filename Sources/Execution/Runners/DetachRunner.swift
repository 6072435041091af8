import AWS
import Failover

/// `RemoveFromGlobalCluster`, in the Region of the secondary that becomes standalone.
struct DetachRunner: StepRunner, Effect {
    let action: DetachFromGlobalCluster

    var what: String {
        "the detach of \(action.clusterIdentifier) in \(action.region) from \(action.globalCluster)"
    }
    var place: String { action.region.rawValue }
    var advice: String {
        "Look at \(action.globalCluster) in the RDS console of \(action.region), then resume the plan."
    }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Void> {
        guard let global = try await trial.globalCluster(action.globalCluster, in: action.region) else {
            return try await withoutGlobalCluster(trial)
        }
        let name = "\(action.clusterIdentifier) in \(action.region)"
        guard let member = global.member(action.clusterARN) else {
            return .done("\(name) is no member of \(action.globalCluster) any more")
        }
        if let movement = global.movement {
            return .wait(
                "\(action.globalCluster) is \(movement.status ?? "changing"), so nothing can be detached")
        }
        if member.isWriter {
            return .done("\(name) leads \(action.globalCluster) already, so it need not leave")
        }
        return .notYet("\(name) is still a secondary of \(action.globalCluster)", ())
    }

    /// A Region that has no member any more need not know the global cluster.
    private func withoutGlobalCluster(_ trial: Trial) async throws(AWSError) -> Sighting<Void> {
        let name = "\(action.clusterIdentifier) in \(action.region)"
        let cluster = try await trial.cluster(action.clusterIdentifier, in: action.region)
        guard let cluster, cluster.dbClusterArn == action.clusterARN else {
            return .refuse("there is no \(name)")
        }
        switch cluster.globalClusterIdentifier ?? "" {
        case "": return .done("\(name) is no member of a global cluster any more")
        case action.globalCluster:
            return .wait("\(action.region) does not show \(action.globalCluster) just now")
        case let other: return .refuse("\(name) is a member of \(other), not of \(action.globalCluster)")
        }
    }

    func act(on ground: Void, _ trial: Trial) async throws(AWSError) -> GlobalCluster {
        try await trial.change(detach, in: action.region)
    }

    private var detach: RemoveFromGlobalCluster {
        RemoveFromGlobalCluster(
            globalClusterIdentifier: action.globalCluster, dbClusterIdentifier: action.clusterARN)
    }

    var plannedCalls: [PlannedCall] {
        [
            PlannedCall(Trial.describeGlobalCluster(action.globalCluster), in: action.region),
            PlannedCall(Trial.describeCluster(action.clusterIdentifier), in: action.region),
            PlannedCall(detach, in: action.region),
        ]
    }
}
