/// What rules ask for, by the names under which `drctl rules` shows it.
public enum Guard: String, Sendable, CaseIterable {
    case always
    case troubled, calm, ready, readyButForApproval, refused, unplannable, doubtful
    case manualGatesOpen, gatesButModeOpen, resumable, nothingPromoted
    case outdated
    case unseen, returnedUntouched, returned
    case recheckRefusesUntouched, recheckRefuses, lastStep, mayRetry, mayOwe, lastUnconfirmed,
        mayGoUnconfirmed, mayAbandon
    case protectedAsConfigured

    /// It holds when one of these does.
    var clauses: [Clause] {
        switch self {
        case .always: [Clause()]
        case .troubled: [Clause(.troubled)]
        case .calm: [Clause(.calm)]
        case .ready: [Clause(.confirmed, .gatesOpen, .automatic, .plannable)]
        case .readyButForApproval: [Clause(.confirmed, .gatesOpen, .approval, .plannable)]
        case .unplannable: [Clause(.confirmed, .gatesOpen, but: [.plannable])]
        case .refused: [Clause(.partialLasts), Clause(.confirmed, but: [.gatesOpen])]
        case .doubtful: [Clause(but: [.agreed, .confirmed, .partialLasts, .calm])]
        case .manualGatesOpen: [Clause(.manualGatesOpen)]
        case .gatesButModeOpen: [Clause(.gatesButModeOpen)]
        case .resumable: [Clause(.resumable)]
        case .nothingPromoted: [Clause(.nothingPromoted, but: [.outdated])]
        case .outdated: [Clause(.outdated)]
        case .unseen: [Clause(.unseen)]
        case .returnedUntouched: [Clause(.returned, .untouched, but: [.unseen])]
        case .returned: [Clause(.returned, but: [.unseen, .untouched])]
        case .recheckRefusesUntouched: [Clause(.recheckRefuses, .untouched)]
        case .recheckRefuses: [Clause(.recheckRefuses, but: [.untouched])]
        case .lastStep: [Clause(.lastStep, but: [.recheckRefuses])]
        case .mayRetry: [Clause(.mayRetry)]
        case .mayOwe: [Clause(.owes, but: [.mayRetry])]
        case .lastUnconfirmed: [Clause(.notesUnconfirmed, .lastStep, but: [.mayRetry])]
        case .mayGoUnconfirmed: [Clause(.notesUnconfirmed, but: [.mayRetry, .lastStep])]
        case .mayAbandon: [Clause(.abandons, but: [.mayRetry])]
        case .protectedAsConfigured: [Clause(.protectedAsConfigured)]
        }
    }
}

extension Situation {
    func isClosed(but passed: GateSet) -> Bool { !closedGates.subtracting(passed).isEmpty }

    /// What a person's yes would open, where one is waited for.
    var openedByYes: GateSet { policy.mode == .approval ? .mode : .none }

    /// Why no plan can be made; nil when one can.
    var obstacle: String? {
        do {
            _ = try planner.plan()
            return nil
        } catch {
            return "no plan can be made: \(error.because)"
        }
    }

    /// Trouble that lasts: one lost packet wakes nobody. The confirmation window does not wait for this, it
    /// runs from the moment at which the quorum agreed.
    var isTroubled: Bool {
        guard let since = attention.troubledSince, !planted(.neverSuspects) else { return false }
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

    /// Part of the workload has failed over a whole window and part has not.
    var partialLasts: Bool {
        attention.partialSince.map { now - $0 >= policy.confirmationWindow } ?? false
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
        return closedGates.subtracting(passedOver(by: plan))
    }

    /// The closed gates with their reasons.
    func lines(closedBut passed: GateSet) -> [String] {
        let passed = passed.ids
        return gates().filter { !$0.open && !passed.contains($0.id) }.map { "\($0.id): \($0.because)" }
    }

    /// A person who asked for the failover has not waited for the window either.
    var windowIsPassedOver: Bool {
        state.plan.map { passedOver(by: $0).contains(.window) } ?? false
    }

    /// By whoever set it off, and by whoever resumed it.
    func passedOver(by plan: Plan) -> GateSet {
        passedOver(by: plan.origin).union(GateSet(state.progress?.passedOver ?? []))
    }

    /// What the person who resumes a plan takes the responsibility for. Not the proof of life: a plan that
    /// was made without that in mind may go on without a fence.
    var overriddenByResuming: GateSet { overridden.subtracting(.sourceAlive) }

    private func passedOver(by origin: Plan.Origin) -> GateSet {
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
