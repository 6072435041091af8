/// The conditions that rules name.
public enum Guard: String, Sendable, CaseIterable {
    case always
    case troubled, calm, ready, readyButForApproval, refused, doubtful
    case manualGatesOpen, gatesButModeOpen, nothingPromoted
    case recheckRefuses, lastStep, mayRetry, mayOwe, lastUnconfirmed, mayGoUnconfirmed, mayAbandon
    case protectedAsConfigured

    func holds(in situation: Situation) -> Bool {
        switch self {
        case .always: true
        case .troubled: situation.isTroubled
        case .calm: situation.isCalm
        case .ready: situation.confirmed && situation.closed().isEmpty
        case .readyButForApproval:
            situation.confirmed && situation.policy.mode == .approval && situation.closed(but: [.mode]).isEmpty
        case .refused: situation.isRefused
        case .doubtful: situation.attention.quorumSince == nil && situation.attention.partialSince == nil
        case .manualGatesOpen: situation.closed(but: situation.overridden).isEmpty
        case .gatesButModeOpen: situation.closed(but: [.mode]).isEmpty
        case .nothingPromoted: !situation.state.pastPointOfNoReturn
        case .recheckRefuses: situation.recheckRefuses
        case .lastStep: situation.onLastStep
        case .mayRetry: situation.mayRetry
        case .mayOwe: situation.currentFailure == .owe
        case .lastUnconfirmed: situation.currentFailure == .noteUnconfirmed && situation.onLastStep
        case .mayGoUnconfirmed: situation.currentFailure == .noteUnconfirmed
        case .mayAbandon: situation.currentFailure == .abandon
        case .protectedAsConfigured: situation.isProtectedAsConfigured
        }
    }
}

extension Situation {
    /// Ids of the gates that are closed, but for those that are passed over.
    func closed(but passed: Set<GateID> = []) -> [GateID] {
        gates().filter { !$0.open && !passed.contains($0.id) }.map(\.id)
    }

    /// Trouble that lasts: one lost packet wakes nobody. The confirmation window does not wait for this, it runs from
    /// the moment at which the quorum agreed.
    var isTroubled: Bool {
        guard let since = attention.troubledSince else { return false }
        switch verdict {
        case .healthy: return false
        case .failed: return true
        case .suspect, .partitioned, .isolated, .configurationFault, .partial, .providerRecovering:
            return now - since >= .milliseconds(policy.confirmationWindow.milliseconds / 4)
        case .unknown:
            // Silence is trouble too, but a controller that has just started has not looked yet.
            return now - since >= policy.confirmationWindow
        }
    }

    var isCalm: Bool { attention.calmSince.map { now - $0 >= policy.clearanceWindow } ?? false }

    var isRefused: Bool {
        if let since = attention.partialSince, now - since >= policy.confirmationWindow { return true }
        guard confirmed else { return false }
        return !closed(but: policy.mode == .approval ? [.mode] : []).isEmpty
    }

    /// What the request at hand takes the responsibility for: what the verb overrides by itself and what it names.
    var overridden: Set<GateID> {
        Set(
            GateID.allCases.filter { id in
                switch id.override {
                case .byVerb: true
                case .allowDataLoss, .named: request?.overrides.contains(id) ?? false
                case .never: false
                }
            })
    }

    /// The gates that the plan's origin does not pass over must still be open, on evidence from after the plan.
    var recheckRefuses: Bool {
        guard case .recheck? = state.currentStep?.action, let plan = state.plan else { return false }
        return !closed(but: passedOver(by: plan.origin)).isEmpty
    }

    func passedOver(by origin: Plan.Origin) -> Set<GateID> {
        // The plan is itself what is in progress, and counts itself among the running.
        let own: Set<GateID> = [.progress, .capacity]
        switch origin {
        case .automatic: return own
        case .approved: return own.union([.mode])
        case .manual(_, _, let overrides): return own.union(overrides)
        }
    }

    var onLastStep: Bool {
        guard let plan = state.plan, let progress = state.progress else { return false }
        return progress.index == plan.steps.count - 1
    }

    var currentFailure: Step.OnFailure? { state.currentStep?.onFailure }

    var mayRetry: Bool {
        guard let step = state.currentStep, let progress = state.progress, lastTryRetryable,
            progress.failures < step.tries
        else { return false }
        guard let started = progress.startedAt else { return true }
        return now - started < step.timeout
    }

    var isProtectedAsConfigured: Bool {
        attention.protectedSince.map { now - $0 >= policy.clearanceWindow } ?? false
    }
}
