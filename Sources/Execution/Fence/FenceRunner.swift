import Failover

/// Keeps the old writer from accepting writes: closes it for new connections, restarts it so that the
/// established ones end, and tries its endpoint once it serves again.
struct FenceRunner: StepRunner {
    let action: FenceAction

    func run(_ trial: Trial, inDoubt: Bool) async -> StepOutcome {
        await fence(trial, inDoubt: inDoubt).outcome
    }

    /// The same for a step and for a fence that is owed.
    func fence(_ trial: Trial, inDoubt: Bool) async -> Ending<Void> {
        if action.method.hasNoGroups {
            let text = "the fence of \(action.name) names no security group. Correct config.yaml"
            return .failed(Shortfall(detail: text, retryable: false, mayHaveHappened: inDoubt))
        }
        var course = FenceCourse(trial: trial, inDoubt: inDoubt)
        let closed: Set<String>
        switch action.method {
        case .none: return .done("nothing is fenced, as configured", nil)
        case .quarantine(let groups):
            await course.pursue(Quarantine(action: action, groups: groups))
            closed = []
        case .revokeIngress(let groups):
            await course.pursue(OldWriterKnown(action: action))
            for group in groups { await course.pursue(IngressRevocation(action: action, group: group)) }
            closed = Set(groups)
        }
        await course.pursue(NobodyLetIn(action: action, closed: closed))
        course.said.append("new connections are refused")
        await course.pursue(EndpointRefuses(action: action, moment: .beforeRestart))
        await course.pursue(SessionCut(action: action))
        course.said.append("established connections end with its restart")
        await course.pursue(EndpointRefuses(action: action, moment: .afterRestart))
        return course.ending ?? .done(course.said.joined(separator: "; "), nil)
    }

    var plannedCalls: [PlannedCall] {
        let look =
            action.isCluster
            ? [
                PlannedCall(Trial.describeCluster(action.identifier), in: action.region),
                PlannedCall(FenceAction.describeGlobals, in: action.region),
                PlannedCall(Trial.describeInstance(SessionCut.clusterWriter), in: action.region),
            ] : [PlannedCall(Trial.describeInstance(action.identifier), in: action.region)]
        let closing: [PlannedCall]
        switch action.method {
        case .none: return []
        case .quarantine(let groups): closing = [Quarantine(action: action, groups: groups).plannedCall]
        case .revokeIngress(let groups):
            closing = groups.flatMap { IngressRevocation(action: action, group: $0).plannedCalls }
        }
        return look + closing + [
            NobodyLetIn(action: action, closed: []).plannedCall, SessionCut(action: action).plannedCall,
        ]
    }
}

extension Fencing.Method {
    /// Closing nothing would pass for a fence.
    fileprivate var hasNoGroups: Bool {
        switch self {
        case .none: false
        case .quarantine(let groups), .revokeIngress(let groups): groups.isEmpty
        }
    }
}

/// Effects one after the other, until one of them ends the fence.
private struct FenceCourse {
    let trial: Trial
    /// Whether anything may have been changed, by this try or an earlier one.
    private var mayHaveActed: Bool
    private let inDoubt: Bool
    /// Set as soon as it is not worth going on.
    private(set) var ending: Ending<Void>?
    var said: [String] = []

    init(trial: Trial, inDoubt: Bool) {
        self.trial = trial
        self.inDoubt = inDoubt
        mayHaveActed = inDoubt
    }

    mutating func pursue<E: Effect>(_ effect: E) async {
        guard ending == nil else { return }
        var pursuit = Pursuit(effect, trial, inDoubt: inDoubt)
        switch await pursuit.run() {
        case .done(let text, let receipt):
            if receipt != nil { mayHaveActed = true }
            said.append(text)
        case .unneeded(let text): ending = .unneeded(text)
        case .failed where planted(.callsFencesMade): said.append("it is closed")
        case .failed(var failure):
            // What was closed before stays closed, and the next try must know.
            failure.mayHaveHappened = failure.mayHaveHappened || mayHaveActed
            if !said.isEmpty { failure.detail = "\(said.joined(separator: "; ")); but \(failure.detail)" }
            ending = .failed(failure)
        }
    }
}
