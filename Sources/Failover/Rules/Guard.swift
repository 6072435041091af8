/// The conditions that rules name.
public enum Guard: String, Sendable, CaseIterable {
    case always
    case troubled, calm, ready, readyButForApproval, refused, unplannable, doubtful
    case manualGatesOpen, gatesButModeOpen, resumable, nothingPromoted
    case unseen, returnedUntouched, returned
    case recheckRefuses, lastStep, mayRetry, mayOwe, lastUnconfirmed, mayGoUnconfirmed, mayAbandon
    case protectedAsConfigured

    func holds(in situation: Situation) -> Bool {
        switch self {
        case .always: true
        case .troubled: situation.isTroubled
        case .calm: situation.isCalm
        case .ready: situation.isReady && situation.policy.mode == .automatic && situation.obstacle == nil
        case .readyButForApproval:
            situation.isReady && situation.policy.mode == .approval && situation.obstacle == nil
        case .unplannable: situation.isReady && situation.obstacle != nil
        case .refused: situation.isRefused
        case .doubtful: situation.attention.quorumSince == nil && situation.attention.partialSince == nil
        case .manualGatesOpen: situation.closed(but: situation.overridden).isEmpty
        case .gatesButModeOpen: situation.closed(but: [.mode]).isEmpty
        case .resumable: situation.resumeRefusals.isEmpty
        case .unseen: situation.unseen
        case .returnedUntouched: !situation.returnSigns.isEmpty && situation.isUntouched
        case .returned: !situation.returnSigns.isEmpty
        case .nothingPromoted: !situation.state.pastPointOfNoReturn
        case .recheckRefuses: !situation.recheckRefusals.isEmpty
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

    /// Trouble that lasts: one lost packet wakes nobody. The confirmation window does not wait for this, it
    /// runs from the moment at which the quorum agreed. Confirmed, and no gate is closed that a yes would not
    /// open.
    var isReady: Bool { confirmed && closed(but: policy.mode == .approval ? [.mode] : []).isEmpty }

    /// Why no plan can be made; nil when one can.
    var obstacle: String? {
        do {
            _ = try planner.plan()
            return nil
        } catch {
            return "no plan can be made: \(error.because)"
        }
    }

    /// Why a confirmed failure is not acted on: the closed gates, or the lack of a plan.
    var reasons: String {
        let closed = assessment.reasons
        return closed.isEmpty ? obstacle ?? "no gate is closed" : closed
    }

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

    /// What the request at hand takes the responsibility for: what the verb overrides by itself and what it
    /// names.
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

    /// The gates that the plan's origin does not pass over must still be open, on what the recheck has just
    /// seen.
    var recheckRefusals: [String] {
        guard case .recheck? = state.currentStep?.action, let plan = state.plan else { return [] }
        return lines(closedBut: passedOver(by: plan.origin))
    }

    /// The closed gates with their reasons.
    func lines(closedBut passed: Set<GateID>) -> [String] {
        gates().filter { !$0.open && !passed.contains($0.id) }.map { "\($0.id.rawValue): \($0.because)" }
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
