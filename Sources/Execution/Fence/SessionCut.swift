import AWS
import Failover

/// Restarts the old writer once its groups are closed: a security group's change leaves established
/// connections alone, for up to five days (432,000 s is the default of EC2's connection tracking).
struct SessionCut: Effect {
    let action: FenceAction

    var what: String { "the restart of \(action.name)" }
    var place: String { action.region.rawValue }
    var advice: String {
        "New connections are refused, but established ones may still write: restart the old writer by hand."
    }
    /// The restart is only the end of connections; whether it ends well is nobody's concern.
    var confirmations: Int { 1 }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<String> {
        let wasRestarted = await trial.context.restarts.contains(action, at: trial.context.now())
        return try await action.find(trial).sighting { writer in
            guard let instance = writer.instance else {
                return .done("\(action.name) has no instance that could write")
            }
            if wasRestarted, !stage.isAccepted {
                return .done("\(instance) was restarted behind closed groups")
            }
            return sighting(of: instance, writer.instanceStatus, stage, trial)
        }
    }

    private func sighting(
        of instance: String, _ status: String, _ stage: Stage, _ trial: Trial
    ) -> Sighting<String> {
        let text = "\(instance) is \(status)"
        if status == "stopped" { return .done("\(text), so that no connection is open") }
        if status == "rebooting" {
            // One that began before the groups were closed proves nothing: clients may have come back in
            // between.
            return stage == .untouched ? .wait("\(text), since before the groups were closed") : .done(text)
        }
        switch (StatusMeaning(status: status), stage) {
        case (.serving, .accepted(let at)):
            // A short restart can begin and end between two looks.
            return trial.context.now() - at >= trial.context.settleTime
                ? .done("\(instance) was restarted") : .underWay("\(text); its restart is not to be seen yet")
        case (.serving, _): return .notYet("\(text) and was not restarted", instance)
        default: return .wait("\(text), in which it cannot be restarted")
        }
    }

    func act(on instance: String, _ trial: Trial) async throws(AWSError) -> DBInstance {
        let answer = try await trial.change(
            RebootDBInstance(dbInstanceIdentifier: instance), in: action.region)
        await trial.context.restarts.note(action, at: trial.context.now())
        return answer
    }

    /// Known only once the cluster has been looked at.
    static let clusterWriter = "<the cluster's writer instance>"

    var plannedCall: PlannedCall {
        let instance = action.isCluster ? Self.clusterWriter : action.identifier
        return PlannedCall(RebootDBInstance(dbInstanceIdentifier: instance), in: action.region)
    }
}
