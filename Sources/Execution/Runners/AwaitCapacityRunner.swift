import AWS
import Failover

/// Waits until everything that was raised runs. What was never told to grow is not waited for: that has been
/// noted, and the clients wait for this step. What cannot be looked at ends the wait for nothing else.
struct AwaitCapacityRunner: StepRunner, Awaited {
    let action: AwaitCapacity

    /// Names nothing of it: whatever a failure's detail names does not run.
    var what: String { "the capacity in \(place)" }
    var place: String { listed(Set(action.capacities.map(\.region.rawValue)).sorted()) }
    var advice: String {
        "Traffic moves all the same. Look at why they do not start, or add some elsewhere."
    }

    func run(_ trial: Trial, inDoubt: Bool) async -> StepOutcome {
        var pursuit = Pursuit(self, trial, inDoubt: false)
        return await pursuit.run().outcome(limit: RaiseCapacityRunner.detailLimit)
    }

    private enum Standing {
        case running(String), coming(String), missing(String)
    }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Never> {
        let views = await trial.views(of: action.capacities)
        if let reason = Self.reasonToLookLater(views) { throw reason }
        var (running, coming, missing) = ([String](), [String](), [String]())
        for (capacity, view) in zip(action.capacities, views) {
            switch Self.standing(of: capacity, view) {
            case .running(let text): running.append(text)
            case .coming(let text): coming.append(text)
            case .missing(let text): missing.append(text)
            }
        }
        if !coming.isEmpty { return .wait((coming + missing).joined(separator: "; ")) }
        return missing.isEmpty ? .done(listed(running)) : .refuse(missing.joined(separator: "; "))
    }

    /// Nobody answers, so that asking goes on with growing pauses; or whoever waits was told to stop.
    private static func reasonToLookLater(_ views: [Result<CapacityView?, AWSError>]) -> AWSError? {
        let errors = views.compactMap { view -> AWSError? in
            if case .failure(let error) = view { error } else { nil }
        }
        if let cancelled = errors.first(where: { $0.kind == .cancelled }) { return cancelled }
        return errors.count == views.count && errors.allSatisfy(\.isPassing) ? errors.first : nil
    }

    private static func standing(
        of capacity: Capacity, _ view: Result<CapacityView?, AWSError>
    ) -> Standing {
        switch view {
        case .failure(let error) where error.isPassing: .coming("\(capacity.label): \(error.brief)")
        case .failure(let error) where error.kind == .notFound: .missing("there is no \(capacity.label)")
        case .failure(let error): .missing("\(capacity.label) cannot be looked at: \(error.brief)")
        case .success(nil): .missing("there is no \(capacity.label)")
        case .success(let view?): standing(of: capacity, view)
        }
    }

    private static func standing(of capacity: Capacity, _ view: CapacityView) -> Standing {
        let (wanted, goal) = (capacity.desired, view.goal(capacity.desired))
        let state = "\(view.running) of \(wanted) run of \(capacity.label)"
        if view.running >= wanted { return .running(state) }
        // Where a limit allows fewer, those are waited for.
        if view.desired >= goal, view.running < goal { return .coming(state) }
        let limit = goal < wanted ? " --max-size \(wanted)" : ""
        let told = view.obstacle ?? "shall have \(view.desired)"
        return .missing("\(state), which \(told). By hand: \(capacity.command)\(limit)")
    }

    var plannedCalls: [PlannedCall] { action.capacities.map { PlannedCall(looking: $0) } }
}
