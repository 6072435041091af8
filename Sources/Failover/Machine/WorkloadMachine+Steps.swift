extension WorkloadMachine {
    /// After the journal was replayed: goes on where the last process stopped. Until something was promoted
    /// that is the recheck, with every gate judged again; a promoting step that may have happened waits for
    /// a look at both sides: hours may have passed, and the primary may be back.
    mutating func resume(_ turn: inout Turn) {
        // Another host may have led since: the pacing of what this one did then is no use any more.
        upkeep = Upkeep()
        upkeep.resumedAt = turn.now
        upkeep.future = state.times(after: turn.now)
        attention.recall(state.lastAssessment, now: turn.now)
        upkeep.assessed = state.lastAssessment?.digest
        upkeep.toldBlocked = state.lastAssessment.map { GateSet($0.closedGates) }
        if state.phase == .failingOver { resumePlan(&turn) }
        for notice in state.unsettledNotices { deliver(notice, &turn) }
    }

    private mutating func resumePlan(_ turn: inout Turn) {
        let situation = situation(turn)
        let rule = Rules.first(from: .failingOver, on: .restarted, in: situation)
        if rule?.to == .suspected, let rule {
            let age = recalledState.plan.map { "it was made \((turn.now - $0.createdAt).text) ago" } ?? ""
            return giveUp(rule, situation, because: age, &turn)
        }
        if let rule {
            write(.planRewound(because: rule.because), rule: rule.id, &turn)
        } else if state.currentStep?.action.promotes != true {
            return beginStep(&turn)
        }
        upkeep.lookBy = turn.now + workload.policy.timeouts.recheck
    }

    /// Goes on after a restart as soon as both sides have been seen.
    mutating func goOnAfterLook(_ situation: Situation, _ turn: inout Turn) {
        guard let lookBy = upkeep.lookBy else { return }
        // To be cut off from everything is not to have looked.
        let seen = situation.inquiries.allSatisfy(\.isSeen) && situation.verdict != .isolated
        if state.pastPointOfNoReturn {
            guard seen || turn.now >= lookBy else { return }
        } else {
            // The recheck would find a window that has only just begun: it waits for it, unless the quorum
            // does not come or breaks, which the recheck then says.
            let waits = attention.quorumSince != nil && !situation.windowIsPassedOver && !situation.confirmed
            guard !waits, turn.now >= lookBy || (seen && attention.quorumSince != nil) else { return }
        }
        upkeep.lookBy = nil
        beginStep(unseen: !seen && state.pastPointOfNoReturn, &turn)
    }

    /// Records the intent to run the current step, and orders it, unless it is not right any more.
    mutating func beginStep(unseen: Bool = false, _ turn: inout Turn) {
        var situation = situation(turn)
        situation.unseen = unseen
        guard let rule = Rules.first(from: .failingOver, on: .stepDue, in: situation) else {
            return orderStep(&turn)
        }
        let signs = unseen ? "nothing was seen in \(workload.policy.timeouts.recheck.text)" : nil
        let because = signs.map { [$0] } ?? situation.spelled().returnSigns
        let detail = (because + touchedFences).joined(separator: "; ")
        rule.to == .suspected
            ? giveUp(rule, situation, because: detail, &turn)
            : fire(rule, in: situation, detail: detail, &turn)
    }

    private mutating func orderStep(_ turn: inout Turn) {
        guard let step = state.currentStep, let progress = state.progress else { return }
        let doubtful = (progress.inFlight || progress.mayHaveHappened) && !planted(.forgetsDoubt)
        write(.stepStarted(step: step.id, attempt: progress.attempt + 1), &turn)
        let started = recalledState.progress?.startedAt ?? turn.now
        // A step that is resumed after its time still gets one short look: it may have been done long ago.
        let deadline = max(started + step.timeout, turn.now + min(step.timeout, .seconds(60)))
        turn.decision.directives.append(
            .perform(
                StepOrder(
                    workload: workload.id, epoch: state.epoch, step: step, attempt: progress.attempt + 1,
                    mayHaveHappened: doubtful, deadline: deadline)))
        upkeep.retryAt = nil
        // A recheck may look twice.
        upkeep.overdueAt = deadline + .seconds(60) + (step.action == .recheck ? step.timeout : .zero)
    }

    /// A step that was ordered always comes back, by contract. Should it not, the plan must not wait for
    /// ever.
    mutating func endOverdueStep(_ turn: inout Turn) {
        guard state.phase == .failingOver, let step = state.currentStep, let progress = state.progress,
            progress.inFlight, let overdueAt = upkeep.overdueAt, turn.now >= overdueAt
        else { return }
        upkeep.overdueAt = nil
        let outcome = StepOutcome.failed(
            detail: "no word of it came back in its time", retryable: true, mayHaveHappened: true)
        finish(state.epoch, step.id, progress.attempt, outcome, &turn)
    }

    /// Takes a step's outcome in. Outcomes of another epoch, step or try are old news and change nothing.
    mutating func finish(
        _ epoch: Int, _ step: StepID, _ attempt: Int, _ outcome: StepOutcome, _ turn: inout Turn
    ) {
        guard state.phase == .failingOver, state.epoch == epoch, state.currentStep?.id == step,
            state.progress?.attempt == attempt, state.progress?.inFlight == true
        else { return }
        switch outcome {
        case .succeeded: succeeded(step, attempt, outcome, &turn)
        case .failed(_, let retryable, _): failed(step, attempt, outcome, retryable: retryable, &turn)
        }
    }

    private mutating func succeeded(
        _ step: StepID, _ attempt: Int, _ outcome: StepOutcome, _ turn: inout Turn
    ) {
        // Judged before the outcome is folded in, while the step is still the current one.
        let situation = situation(turn)
        guard let rule = Rules.first(from: .failingOver, on: .stepSucceeded, in: situation) else { return }
        write(.stepFinished(step: step, attempt: attempt, outcome: outcome), rule: rule.id, &turn)
        switch rule.to {
        case .failingOver:
            fire(rule, in: situation, detail: "\(step): \(outcome.detail)", &turn)
            beginStep(&turn)
        case .failedOver: complete(rule, situation, because: outcome.detail, &turn)
        default:
            let passed = state.plan.map { situation.passedOver(by: $0) } ?? .none
            let because = situation.lines(closedBut: passed).joined(separator: "; ")
            guard rule.to == .needsOperator else { return giveUp(rule, situation, because: because, &turn) }
            // Whoever resumes it resumes at the recheck.
            write(.planRewound(because: rule.because), rule: rule.id, &turn)
            fire(rule, in: situation, detail: because, &turn)
        }
    }

    private mutating func failed(
        _ step: StepID, _ attempt: Int, _ outcome: StepOutcome, retryable: Bool, _ turn: inout Turn
    ) {
        let finished = Event.stepFinished(step: step, attempt: attempt, outcome: outcome)
        // Judged as if the outcome were folded in, since it counts among the tries; and recorded with what
        // was judged.
        var (ahead, aside) = (self, turn)
        ahead.write(finished, &aside)
        var situation = ahead.situation(turn)
        situation.lastTryRetryable = retryable
        guard let rule = Rules.first(from: .failingOver, on: .stepFailed, in: situation) else { return }
        write(finished, rule: rule.id, &turn)
        let detail = "\(step): \(outcome.detail)"
        switch rule.id {
        case "step-retried": upkeep.retryAt = turn.now + backoff
        case "step-owed":
            guard case .fence(let fence)? = state.currentStep?.action else { return }
            write(.fenceOwed(fence: fence, because: outcome.detail), rule: rule.id, &turn)
            fire(rule, in: situation, detail: detail, &turn)
            beginStep(&turn)
        case "step-unconfirmed":
            write(.stepUnconfirmed(step: step, because: outcome.detail), rule: rule.id, &turn)
            fire(rule, in: situation, detail: detail, &turn)
            beginStep(&turn)
        case "completed-unconfirmed":
            write(.stepUnconfirmed(step: step, because: outcome.detail), rule: rule.id, &turn)
            complete(rule, situation, because: outcome.detail, &turn)
        case "plan-abandoned": giveUp(rule, situation, because: detail, &turn)
        default: fire(rule, in: situation, detail: detail, &turn)
        }
    }

    private mutating func complete(_ rule: Rule, _ situation: Situation, because: String, _ turn: inout Turn)
    {
        let unconfirmed = state.progress?.unconfirmed ?? []
        write(
            .planEnded(ending: PlanEnding(outcome: .completed, because: because, unconfirmed: unconfirmed)),
            rule: rule.id, &turn)
        fire(rule, in: situation, &turn)
    }

    private mutating func giveUp(_ rule: Rule, _ situation: Situation, because: String, _ turn: inout Turn) {
        write(.planEnded(ending: PlanEnding(outcome: .abandoned, because: because)), rule: rule.id, &turn)
        // Whatever made the plan wrong, the next one needs a whole window of agreement again.
        attention.quorumSince = nil
        fire(rule, in: situation, detail: because, &turn)
    }

    /// 1 s, 2 s, 4 s, ... at most 30 s between two tries of a step; deterministic, because one controller
    /// retries one step: there is no herd to spread.
    private var backoff: Duration {
        let failures = state.progress?.failures ?? 1
        return .seconds(min(30, 1 << min(max(failures - 1, 0), 5)))
    }
}
