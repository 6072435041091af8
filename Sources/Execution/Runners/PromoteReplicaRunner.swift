import AWS
import Failover

/// `PromoteReadReplica`. Done when AWS has accepted it and is seen at work, or when the replica has no source
/// any more; that it truly writes is proven by the step that awaits the writer.
struct PromoteReplicaRunner: StepRunner, Effect {
    let action: PromoteReplica

    var what: String { "the promotion of \(action.identifier) in \(action.region)" }
    var place: String { action.region.rawValue }
    var advice: String {
        "Look at \(action.identifier) in the RDS console of \(action.region), then resume the plan."
    }

    /// What a promotion passes through, by the RDS user guide; `promoting` is seen on clusters.
    static let atWork: Set = ["modifying", "promoting", "rebooting", "backing-up"]

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Int> {
        let name = "\(action.identifier) in \(action.region)"
        guard let instance = try await trial.instance(action.identifier, in: action.region) else {
            return .refuse("there is no \(name). Check whether it was renamed or deleted")
        }
        guard instance.dbiResourceId == action.resourceID else {
            return .refuse(
                "\(name) is another instance now (\(instance.dbiResourceId ?? "without an id"), planned was "
                    + "\(action.resourceID)): its identifier was reused. Abandon the plan")
        }
        guard let source = instance.source else {
            return .done("\(name) is no replica any more (status \(instance.status))")
        }
        if Self.atWork.contains(instance.status) {
            switch stage {
            case .accepted: return .done("AWS has accepted it, and \(name) is \(instance.status)")
            case .inDoubt: return .underWay("\(name) is \(instance.status) and still names its source")
            case .untouched: return .wait("\(name) is \(instance.status), in which it cannot be promoted")
            }
        }
        switch StatusMeaning(status: instance.status) {
        case .serving:
            // AWS's own default is 1 day, which would cut a longer retention of the replica short.
            let retention = max(1, instance.backupRetentionPeriod ?? 0)
            return .notYet("\(name) is still a replica of \(source) (status \(instance.status))", retention)
        case .recovering, .unknown:
            return .wait("\(name) is \(instance.status), in which it cannot be promoted")
        case .failed, .deliberate:
            return .refuse(
                "\(name) is \(instance.status), in which it cannot be promoted. Repair or start it")
        }
    }

    func act(on retention: Int, _ trial: Trial) async throws(AWSError) -> DBInstance {
        try await trial.change(promotion(retention: retention), in: action.region)
    }

    private func promotion(retention: Int) -> PromoteReadReplica {
        PromoteReadReplica(dbInstanceIdentifier: action.identifier, backupRetentionPeriod: retention)
    }

    var plannedCalls: [PlannedCall] {
        [
            PlannedCall(Trial.describeInstance(action.identifier), in: action.region),
            PlannedCall(
                promotion(retention: 1), in: action.region,
                learnt: ["BackupRetentionPeriod": "<the replica's own, at least 1>"]),
        ]
    }
}
