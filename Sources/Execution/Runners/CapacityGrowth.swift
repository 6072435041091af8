import AWS
import Failover

/// Tells a service or a group how many shall run, when it has been told fewer. An absolute number: to say it
/// twice is to say it once. Between the look and the call somebody else may have asked for more, which AWS
/// offers no way to notice; whoever did, load or a person, asks again.
///
/// A group is given its least number as well: the alarms of an idle standby say "too many" each minute, and
/// its own scaling would take away at once what nobody uses yet. One that may not be so large gets what it
/// may have: the limit is somebody's decision, and too few serve better than one.
struct CapacityGrowth: Effect {
    let capacity: Capacity

    var what: String { "the growth of \(capacity.label) to \(capacity.desired)" }
    var place: String { capacity.region.rawValue }
    var advice: String { "By hand: \(capacity.command)" }
    var isRepeatable: Bool { true }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<CapacityView> {
        guard let view = try await trial.view(of: capacity) else {
            return .refuse("there is no \(capacity.label). Correct the names, or make it")
        }
        if let obstacle = view.obstacle { return .refuse("\(capacity.label) \(obstacle). \(advice)") }
        let goal = view.goal(capacity.desired)
        guard view.holds(goal) else {
            let least = view.least.map { ", and \($0) at least" } ?? ""
            return .notYet("\(capacity.label) shall have \(view.desired)\(least), not \(goal)", view)
        }
        if let refusal = view.refusal(of: capacity.desired) {
            return .refuse(
                "\(capacity.label) \(refusal). It shall have \(view.desired) now. \(advice) "
                    + "--max-size \(capacity.desired)")
        }
        return .done("\(capacity.label) shall have \(view.desired), and \(view.running) run")
    }

    func act(on view: CapacityView, _ trial: Trial) async throws(AWSError) {
        switch capacity.resource {
        case .ecsService(let cluster, let service):
            _ = try await trial.change(update(cluster, service), in: capacity.region)
        case .autoScalingGroup(let name):
            _ = try await trial.change(setting(name, view), in: capacity.region)
        }
    }

    /// Auto Scaling's words for another change that is being made.
    func isPassingRefusal(_ error: AWSError) -> Bool {
        error.code == "ResourceContention" || error.code == "ResourceContentionFault"
            || error.code == "ScalingActivityInProgress" || error.code == "ScalingActivityInProgressFault"
    }

    /// Says of what it is, and what a person types: AWS's own words may say neither.
    func spelled(_ shortfall: Shortfall) -> Shortfall {
        var spelled = shortfall
        if !spelled.detail.contains(capacity.label) {
            spelled.detail = "\(capacity.label): \(spelled.detail)"
        }
        if !spelled.detail.contains(capacity.command) { spelled.detail += ". \(advice)" }
        return spelled
    }

    private func update(_ cluster: String, _ service: String) -> UpdateService {
        UpdateService(service: service, cluster: cluster, desiredCount: capacity.desired)
    }

    /// Neither number is ever lowered.
    private func setting(_ name: String, _ view: CapacityView?) -> UpdateAutoScalingGroup {
        let wanted = view?.goal(capacity.desired) ?? capacity.desired
        return UpdateAutoScalingGroup(
            autoScalingGroupName: name, minSize: (view?.least ?? 0) < wanted ? wanted : nil,
            desiredCapacity: (view?.desired ?? 0) < wanted ? wanted : nil)
    }

    var plannedCalls: [PlannedCall] {
        let look = PlannedCall(looking: capacity)
        switch capacity.resource {
        case .ecsService(let cluster, let service):
            return [look, PlannedCall(update(cluster, service), in: capacity.region)]
        case .autoScalingGroup(let name):
            return [look, PlannedCall(setting(name, nil), in: capacity.region)]
        }
    }
}
