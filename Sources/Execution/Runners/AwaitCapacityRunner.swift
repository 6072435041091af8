import AWS
import Failover

/// Waits until everything that was raised runs. What was never told to grow is not waited for: that has been
/// noted, and the clients wait for this step.
struct AwaitCapacityRunner: StepRunner, Awaited {
    let action: AwaitCapacity

    private var labels: String { listed(action.capacities.map(\.label)) }

    var what: String { "the capacity of \(labels)" }
    var place: String { listed(Set(action.capacities.map(\.region.rawValue)).sorted()) }
    var advice: String {
        "Traffic moves all the same. Look at why they do not start, or add some elsewhere."
    }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Never> {
        var (running, coming, missing) = ([String](), [String](), [String]())
        for capacity in action.capacities {
            guard let view = try await trial.view(of: capacity) else {
                missing.append("there is no \(capacity.label)")
                continue
            }
            let state = "\(view.running) of \(capacity.desired) run of \(capacity.label)"
            if view.running >= capacity.desired {
                running.append(state)
            } else if view.desired >= capacity.desired {
                coming.append(state)
            } else {
                missing.append("\(state), which shall have \(view.desired). By hand: \(capacity.command)")
            }
        }
        if !coming.isEmpty { return .wait(listed(coming + missing)) }
        return missing.isEmpty ? .done(listed(running)) : .refuse(missing.joined(separator: "; "))
    }

    var plannedCalls: [PlannedCall] { action.capacities.map { PlannedCall(looking: $0) } }
}
