import AWS
import Failover

/// `FailoverGlobalCluster` with data loss allowed, in the Region of the secondary that becomes the writer.
/// Done when AWS is seen failing over to it, which `pending` is not yet; that it truly writes is proven by
/// the step that awaits the writer.
struct GlobalFailoverRunner: StepRunner, Effect {
    let action: Failover.FailoverGlobalCluster

    var what: String {
        "the failover of \(action.globalCluster) to \(action.clusterIdentifier) in \(action.region)"
    }
    var place: String { action.region.rawValue }
    var advice: String {
        "Look at \(action.globalCluster) in the RDS console of \(action.region), then resume the plan."
    }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Void> {
        guard let global = try await trial.globalCluster(action.globalCluster, in: action.region) else {
            return .refuse(
                "\(action.region) knows no global cluster \(action.globalCluster). Check its name, or "
                    + "whether it was deleted")
        }
        let name = "\(action.clusterIdentifier) in \(action.region)"
        guard let member = global.member(action.clusterARN) else {
            return .refuse(
                "\(name) is no member of \(action.globalCluster). If it was detached, it is a writer of "
                    + "its own: look at it before anything else")
        }
        if let movement = global.movement { return sighting(of: movement) }
        if member.isWriter { return .done("\(name) leads \(action.globalCluster)") }
        guard global.status == nil || global.status == "available" else {
            return .wait("\(action.globalCluster) is \(global.status ?? "changing")")
        }
        // Views lag by up to 20 s. Whoever has cancelled it may have had a reason: a person sends it again.
        if case .accepted(let at) = stage, trial.context.now() - at >= trial.context.settleTime * 4 {
            return .refuse(
                "AWS accepted the failover of \(action.globalCluster), and nothing has come of it: AWS or "
                    + "somebody has cancelled it. Look at its events; to send it once more, resume the plan")
        }
        return .notYet("\(name) is still a secondary of \(action.globalCluster)", ())
    }

    private func sighting(of movement: GlobalFailoverState) -> Sighting<Void> {
        let status = movement.status ?? "changing"
        guard movement.toDbClusterArn == action.clusterARN else {
            return .wait(
                "\(action.globalCluster) is \(status) towards "
                    + "\(movement.toDbClusterArn ?? "another cluster"), which nobody asked for here")
        }
        // A switchover waits for the old writer, which is gone: it is no failover under way.
        if movement.isDataLossAllowed == false, status != "cancelling" {
            return .wait("a switchover of \(action.globalCluster) is \(status); cancel it if it does not end")
        }
        switch status {
        // AWS still verifies both clusters, and may cancel: then all is as before.
        case "pending": return .underWay("AWS verifies whether it can fail \(action.globalCluster) over")
        case "cancelling": return .wait("AWS is cancelling the failover of \(action.globalCluster)")
        default:
            return .done(
                "AWS is failing \(action.globalCluster) over to \(action.clusterIdentifier) (\(status))")
        }
    }

    func act(on ground: Void, _ trial: Trial) async throws(AWSError) -> GlobalCluster {
        try await trial.change(failover, in: action.region)
    }

    /// Without the flag AWS would switch over, which hangs in an outage.
    private var failover: AWS.FailoverGlobalCluster {
        AWS.FailoverGlobalCluster(
            globalClusterIdentifier: action.globalCluster, targetDbClusterIdentifier: action.clusterARN,
            allowDataLoss: true)
    }

    var plannedCalls: [PlannedCall] {
        [
            PlannedCall(Trial.describeGlobalCluster(action.globalCluster), in: action.region),
            PlannedCall(failover, in: action.region),
        ]
    }
}
