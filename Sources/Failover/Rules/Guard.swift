/// The conditions that rules name.
public enum Guard: String, Sendable, CaseIterable {
    case always
    case troubled, calm, ready, readyButForApproval, refused, unplannable, doubtful
    case manualGatesOpen, gatesButModeOpen, resumable, nothingPromoted
    case outdated
    case unseen, returnedUntouched, returned
    case recheckRefusesUntouched, recheckRefuses, lastStep, mayRetry, mayOwe, lastUnconfirmed,
        mayGoUnconfirmed, mayAbandon
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
        case .manualGatesOpen: !situation.isClosed(but: situation.overridden)
        case .gatesButModeOpen: !situation.isClosed(but: .mode)
        case .resumable: situation.resumeRefusals.isEmpty
        case .unseen: situation.unseen
        case .returnedUntouched: !situation.returnSigns.isEmpty && situation.isUntouched
        case .returned: !situation.returnSigns.isEmpty
        case .nothingPromoted: !situation.state.pastPointOfNoReturn
        case .outdated: situation.isOutdated
        case .recheckRefusesUntouched: !situation.recheckRefusals.isEmpty && situation.isUntouched
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
    func isClosed(but passed: GateSet) -> Bool { !closedGates.subtracting(passed).isEmpty }

    /// What a person's yes would open, where one is waited for.
    private var openedByYes: GateSet { policy.mode == .approval ? .mode : .none }

    /// Trouble that lasts: one lost packet wakes nobody. The confirmation window does not wait for this, it
    /// runs from the moment at which the quorum agreed. Confirmed, and no gate is closed that a yes would not
    /// open.
    var isReady: Bool { confirmed && !isClosed(but: openedByYes) }

    /// Why no plan can be made; nil when one can.
    var obstacle: String? {
        do {
            _ = try planner.plan()
            return nil
        } catch {
            return "no plan can be made: \(error.because)"
        }
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
        return isClosed(but: openedByYes)
    }

    /// What the request at hand takes the responsibility for: what the verb overrides by itself and what it
    /// names.
    var overridden: GateSet {
        GateSet { gate in
            switch gate.override {
            case .byVerb: true
            case .allowDataLoss, .named: request?.overrides.contains(gate.id) ?? false
            case .never: false
            }
        }
    }

    /// The gates that the plan's origin does not pass over must still be open, on what the recheck has just
    /// seen.
    var recheckRefusals: GateSet {
        guard case .recheck? = state.currentStep?.action, let plan = state.plan else { return .none }
        return closedGates.subtracting(passedOver(by: plan.origin))
    }

    /// The closed gates with their reasons.
    func lines(closedBut passed: GateSet) -> [String] {
        let passed = passed.ids
        return gates().filter { !$0.open && !passed.contains($0.id) }.map { "\($0.id): \($0.because)" }
    }

    /// A person who asked for the failover has not waited for the window either.
    var windowIsPassedOver: Bool {
        state.plan.map { passedOver(by: $0.origin).contains(.window) } ?? false
    }

    func passedOver(by origin: Plan.Origin) -> GateSet {
        switch origin {
        case .automatic: .own
        case .approved: GateSet.own.union(.mode)
        case .manual(_, _, let overrides): GateSet.own.union(GateSet(overrides))
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
