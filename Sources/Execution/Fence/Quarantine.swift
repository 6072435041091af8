import AWS
import Failover

/// Replaces the old writer's security groups by ones that let nobody in.
struct Quarantine: Effect {
    let action: FenceAction
    let groups: [String]

    var what: String { "the quarantine of \(action.name)" }
    var place: String { action.region.rawValue }
    var advice: String {
        "Until it is made, clients can write to the old writer: give it the groups by hand."
    }
    /// It writes the whole list each time.
    var isRepeatable: Bool { true }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Void> {
        try await action.find(trial).sighting { writer in
            let text = "\(action.name) has the security groups \(listed(writer.staying))"
            guard Set(writer.staying) == Set(groups) else {
                // What is not up cannot be modified; it is asked again as soon as it is.
                return StatusMeaning(status: writer.status) == .serving
                    ? .notYet(text, ()) : .wait("\(text) and is \(writer.status)")
            }
            let isSettled = writer.groups.allSatisfy { $0.status == nil || $0.status == "active" }
            return isSettled ? .done(text) : .underWay("\(text), not in force yet")
        }
    }

    func act(on ground: Void, _ trial: Trial) async throws(AWSError) {
        await trial.context.restarts.forget(action)
        if action.isCluster {
            _ = try await trial.change(modifyCluster, in: action.region)
        } else {
            _ = try await trial.change(modifyInstance, in: action.region)
        }
    }

    private var modifyInstance: ModifyDBInstance {
        ModifyDBInstance(
            dbInstanceIdentifier: action.identifier, vpcSecurityGroupIds: groups, applyImmediately: true)
    }

    private var modifyCluster: ModifyDBCluster {
        ModifyDBCluster(
            dbClusterIdentifier: action.identifier, vpcSecurityGroupIds: groups, applyImmediately: true)
    }

    var plannedCall: PlannedCall {
        action.isCluster
            ? PlannedCall(modifyCluster, in: action.region) : PlannedCall(modifyInstance, in: action.region)
    }
}
